import { microphone, RecorderError } from '@/audio/recorder'
import workletUrl from './capture.worklet.js?url'

/** Captures the microphone as 16-bit samples. */
export class Capture {
  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
  ) {}

  get rate(): number {
    return this.context.sampleRate
  }

  /** `onEnd`: the microphone was disconnected. */
  static async open(onSamples: (samples: Int16Array<ArrayBuffer>) => void, onEnd: () => void): Promise<Capture> {
    if (!('AudioWorkletNode' in window)) throw new RecorderError('unsupported')
    const stream = await microphone()
    const capture = new Capture(stream, new AudioContext())
    try {
      await capture.connect(onSamples)
    } catch (error) {
      capture.close()
      throw error
    }
    stream.getAudioTracks().forEach(track => (track.onended = onEnd))
    return capture
  }

  private async connect(onSamples: (samples: Int16Array<ArrayBuffer>) => void): Promise<void> {
    await this.context.audioWorklet.addModule(workletUrl)
    const node = new AudioWorkletNode(this.context, 'capture')
    node.port.onmessage = event => onSamples(event.data as Int16Array<ArrayBuffer>)
    // Browsers may suspend nodes without a path to the output; this node outputs silence.
    this.context.createMediaStreamSource(this.stream).connect(node).connect(this.context.destination)
    await this.context.resume()
  }

  close(): void {
    this.stream.getTracks().forEach(track => {
      track.onended = null
      track.stop()
    })
    void this.context.close()
  }
}
