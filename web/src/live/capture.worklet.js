/** Posts the microphone input to the page as mono 16-bit samples, 20 times per second. */
class Capture extends AudioWorkletProcessor {
  constructor() {
    super()
    this.begin()
  }

  begin() {
    this.block = new Int16Array(Math.round(sampleRate / 20))
    this.filled = 0
  }

  process([channels]) {
    const length = channels[0]?.length ?? 0
    for (let index = 0; index < length; index++) {
      let sum = 0
      for (const channel of channels) sum += channel[index]
      const sample = Math.max(-1, Math.min(1, sum / channels.length))
      this.block[this.filled++] = Math.round(sample * 32767)
      if (this.filled < this.block.length) continue
      this.port.postMessage(this.block, [this.block.buffer])
      this.begin()
    }
    return true
  }
}

registerProcessor('capture', Capture)
