/** A chart as a picture to keep: on the theme's ground, with its legend below. */

const LINE_PX = 22
const MARGIN_PX = 12

export interface LegendEntry {
  readonly label: string
  readonly colour: string
}

/** @throws when the browser cannot make a picture of it */
export function pictureOf(chart: HTMLCanvasElement, legend: readonly LegendEntry[]): Promise<Blob> {
  const ratio = chart.width / chart.clientWidth
  const canvas = document.createElement('canvas')
  canvas.width = chart.width
  canvas.height = chart.height + (legend.length * LINE_PX + 2 * MARGIN_PX) * ratio
  const pen = canvas.getContext('2d')
  if (!pen) return Promise.reject(new Error('This browser draws no pictures.'))
  const style = getComputedStyle(document.documentElement)
  pen.fillStyle = style.getPropertyValue('--bg-panel')
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(chart, 0, 0)
  pen.setTransform(ratio, 0, 0, ratio, 0, 0)
  pen.font = `12px ${style.getPropertyValue('--font-mono')}`
  legend.forEach(({ label, colour }, i) => {
    const y = chart.clientHeight + MARGIN_PX + i * LINE_PX + LINE_PX / 2
    pen.fillStyle = colour
    pen.fillRect(MARGIN_PX, y - 1, 18, 3)
    pen.fillStyle = style.getPropertyValue('--text')
    pen.fillText(label, MARGIN_PX + 28, y + 4)
  })
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture was made.')))),
  )
}
