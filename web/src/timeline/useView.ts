import { onBeforeUnmount, reactive, watch, type ShallowRef } from 'vue'
import type WaveSurfer from 'wavesurfer.js'

/** The part of the recording that the waveform shows. */
export interface View {
  /** Seconds. */
  start: number
  end: number
  duration: number
  /** 1 if the whole recording is visible. */
  zoom: number
  zoomTo: (zoom: number, around?: number) => void
  /** Scrolls a time to the center. */
  center: (seconds: number) => void
  pan: (pixels: number) => void
}

/** Pixels per second at the highest zoom. */
const maxScale = 200
/** Browsers cannot lay out much more. */
const maxWidth = 8_000_000

/** Pixels per second for a zoom, within the limits; 0 if the whole recording fits. */
export function scaleFor(zoom: number, duration: number, width: number): number {
  const scale = Math.min((width * zoom) / duration, maxScale, maxWidth / duration)
  return scale * duration <= width ? 0 : scale
}

export function useView(waveform: ShallowRef<WaveSurfer | null>): View {
  const view: View = reactive({ start: 0, end: 0, duration: 0, zoom: 1, zoomTo, center, pan })
  let scale = 0
  let stop = () => {}

  const width = () => waveform.value?.getWidth() || 1
  const whole = () => Math.max(width(), Math.ceil(view.duration * scale))

  function zoomTo(zoom: number, around: number = (view.start + view.end) / 2) {
    if (!waveform.value?.getDecodedData()) return
    const share = (around - view.start) / (view.end - view.start || 1)
    scale = scaleFor(zoom, view.duration, width())
    waveform.value.zoom(scale)
    scrollTo((around / view.duration) * whole() - share * width())
  }

  function center(seconds: number) {
    scrollTo((seconds / view.duration) * whole() - width() / 2)
  }

  function pan(pixels: number) {
    scrollTo((waveform.value?.getScroll() ?? 0) + pixels)
  }

  function scrollTo(pixels: number) {
    waveform.value?.setScroll(pixels)
    read()
  }

  function read() {
    view.duration = waveform.value?.getDuration() ?? 0
    view.zoom = whole() / width()
    view.start = ((waveform.value?.getScroll() ?? 0) / whole()) * view.duration
    view.end = Math.min(view.duration, view.start + view.duration / view.zoom)
  }

  function reset() {
    if (scale > 0) waveform.value?.zoom((scale = 0))
    read()
  }

  watch(
    waveform,
    current => {
      stop()
      if (!current) return
      const stops = [current.on('scroll', read), current.on('redraw', read), current.on('resize', read), current.on('ready', reset)]
      stop = () => stops.forEach(end => end())
      if (current.getDecodedData()) read()
    },
    { immediate: true },
  )
  onBeforeUnmount(() => stop())
  return view
}
