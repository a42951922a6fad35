import type { SimUs } from '../../base/units.ts'
import type { Frame } from '../../worker/protocol.ts'

/** What the layers paint from; asked once per paint and layer, so it must be cheap. */
export interface FrameSource {
  /**
   * The frame to draw and the simulated time to draw it at, within the frame's span (the app
   * interpolates); null before the first frame.
   */
  current(): { readonly frame: Frame; readonly atUs: SimUs } | null
}
