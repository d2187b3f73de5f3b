import WaveSurfer from 'wavesurfer.js'
import { onBeforeUnmount, onMounted, reactive, watch, type Ref } from 'vue'
import type { Playable } from '@/audio/playable'
import { dark } from '@/preferences/theme'

export interface Player {
  /** Seconds from the start. */
  time: number
  playing: boolean
  rate: number
  toggle: () => void
  seek: (seconds: number) => void
}

/** A waveform in `container` that plays what `playable` holds; everything that shows a position follows `time`. */
export function usePlayer(container: Ref<HTMLElement | null>, playable: Ref<Playable | null>): Player {
  let waveform: WaveSurfer | undefined

  const player = reactive<Player>({
    time: 0,
    playing: false,
    rate: 1,
    toggle: () => void waveform?.playPause().catch(() => (player.playing = false)),
    seek: seconds => waveform?.setTime(Math.max(0, Math.min(playable.value?.duration ?? 0, seconds))),
  })

  onMounted(() => {
    waveform = WaveSurfer.create({
      container: container.value!,
      height: 96,
      barWidth: 2,
      barGap: 1,
      barRadius: 2,
      cursorWidth: 2,
      normalize: true,
      dragToSeek: true,
      ...colors(),
    })
    waveform.on('timeupdate', seconds => (player.time = seconds))
    waveform.on('play', () => (player.playing = true))
    waveform.on('pause', () => (player.playing = false))
    waveform.on('finish', () => (player.playing = false))
    load()
  })

  function load() {
    waveform?.pause()
    player.time = 0
    if (!playable.value) {
      waveform?.empty()
      return
    }
    const { url, peaks, duration } = playable.value
    waveform?.load(url, peaks ?? [[0, 0]], duration).catch(() => {})
  }

  watch(playable, load)
  watch(dark, () => waveform?.setOptions(colors()), { flush: 'post' })
  watch(() => player.rate, rate => waveform?.setPlaybackRate(rate, true))
  onBeforeUnmount(() => waveform?.destroy())

  return player
}

function colors() {
  const style = getComputedStyle(document.documentElement)
  return {
    waveColor: style.getPropertyValue('--ser-wave').trim(),
    progressColor: style.getPropertyValue('--el-color-primary').trim(),
    cursorColor: style.getPropertyValue('--ser-cursor').trim(),
  }
}
