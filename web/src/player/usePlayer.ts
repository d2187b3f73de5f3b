import { onBeforeUnmount, onMounted, reactive, shallowRef, watch, type Ref } from 'vue'
import WaveSurfer from 'wavesurfer.js'
import type { Playable } from '@/audio/playable'
import { dark } from '@/shared/preferences/theme'

export interface Player {
  /** Position in seconds. */
  time: number
  playing: boolean
  rate: number
  toggle: () => void
  seek: (seconds: number) => void
  /** Plays a time range and stops. */
  playRange: (start: number, end: number) => void
}

/** Creates a waveform in `container` that plays `playable`; every display of the position follows `time`. */
export function usePlayer(container: Ref<HTMLElement | null>, playable: Ref<Playable | null>) {
  const waveform = shallowRef<WaveSurfer | null>(null)

  const player = reactive<Player>({
    time: 0,
    playing: false,
    rate: 1,
    toggle: () => void waveform.value?.playPause().catch(failed),
    seek: seconds => waveform.value?.setTime(Math.max(0, Math.min(playable.value?.duration ?? 0, seconds))),
    playRange: (start, end) => void (playable.value && waveform.value?.play(start, end).catch(failed)),
  })

  function failed() {
    player.playing = false
  }

  onMounted(() => {
    const created = WaveSurfer.create({
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
    created.on('timeupdate', seconds => (player.time = seconds))
    created.on('play', () => (player.playing = true))
    created.on('pause', () => (player.playing = false))
    created.on('finish', () => (player.playing = false))
    waveform.value = created
    load()
  })

  function load() {
    waveform.value?.pause()
    player.time = 0
    if (!playable.value) {
      waveform.value?.empty()
      return
    }
    const { url, peaks, duration } = playable.value
    waveform.value?.load(url, peaks ?? [[0, 0]], duration).catch(() => {})
  }

  watch(playable, load)
  watch(dark, () => waveform.value?.setOptions(colors()), { flush: 'post' })
  watch(() => player.rate, rate => waveform.value?.setPlaybackRate(rate, true))
  onBeforeUnmount(() => waveform.value?.destroy())

  return { player, waveform }
}

function colors() {
  const style = getComputedStyle(document.documentElement)
  return {
    waveColor: style.getPropertyValue('--ser-wave').trim(),
    progressColor: style.getPropertyValue('--el-color-primary').trim(),
    cursorColor: style.getPropertyValue('--ser-cursor').trim(),
  }
}
