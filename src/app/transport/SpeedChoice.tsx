import { Popover, Slider } from 'radix-ui'
import { speedText } from '../clock.ts'
import { MAX_SPEED, MIN_SPEED } from '../player.ts'
import { useApp } from '../useApp.ts'

const PRESETS = [0.1, 0.5, 1, 2, 5, 10, 50, 100, 1000, 10_000] as const
const DECADES = Math.log10(MAX_SPEED / MIN_SPEED)
const STEPS = 100

const positionOf = (speed: number): number => (Math.log10(speed / MIN_SPEED) / DECADES) * STEPS
const speedAt = (position: number): number =>
  Number((MIN_SPEED * 10 ** ((position / STEPS) * DECADES)).toPrecision(2))

/** 0.1 to 10 000 times real time, on a slider of decades or by preset. */
export default function SpeedChoice() {
  const speed = useApp((state) => state.play.speed)
  const setSpeed = useApp((state) => state.setSpeed)
  return (
    <>
      <Slider.Root
        className="slider"
        min={0}
        max={STEPS}
        step={1}
        value={[positionOf(speed)]}
        onValueChange={([position]) => setSpeed(speedAt(position))}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label="Speed"
          aria-valuetext={speedText(speed)}
        />
      </Slider.Root>
      <div className="speed-presets" role="group" aria-label="Presets">
        {PRESETS.map((preset) => (
          <Popover.Close key={preset} asChild>
            <button
              type="button"
              className="button mono"
              data-small
              aria-pressed={preset === speed}
              onClick={() => setSpeed(preset)}
            >
              {speedText(preset)}
            </button>
          </Popover.Close>
        ))}
      </div>
    </>
  )
}
