import { getRecognition } from './recognitions'
import type { Recognition } from './schema'

export const isFinal = (recognition: Recognition) => !['queued', 'running'].includes(recognition.state)

/**
 * Follows a recognition to its end and resolves with the final state.
 * The last request is an ordinary one, because the event stream has no language.
 */
export async function followRecognition(
  recognition: Recognition,
  onChange: (recognition: Recognition) => void,
  signal: AbortSignal,
): Promise<Recognition> {
  if (!isFinal(recognition) && recognition.links.events) {
    await streamEvents(recognition.links.events, onChange, signal)
  }
  return await poll(recognition.id, onChange, signal)
}

/** Resolves when the stream ends, even after an error: polling takes over. */
function streamEvents(url: string, onChange: (recognition: Recognition) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const events = new EventSource(url)
    const close = (settle: () => void) => {
      events.close()
      settle()
    }
    events.onmessage = event => {
      const recognition = JSON.parse(event.data as string) as Recognition
      onChange(recognition)
      if (isFinal(recognition)) close(resolve)
    }
    events.onerror = () => close(resolve)
    signal.addEventListener('abort', () => close(() => reject(signal.reason)), { once: true })
  })
}

async function poll(id: string, onChange: (recognition: Recognition) => void, signal: AbortSignal): Promise<Recognition> {
  for (let failures = 0; ; ) {
    try {
      const recognition = await getRecognition(id, signal)
      failures = 0
      if (isFinal(recognition)) return recognition
      onChange(recognition)
    } catch (error) {
      if (signal.aborted || ++failures > 5) throw error
    }
    await pause(1000, signal)
  }
}

export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason)), { once: true })
  })
}
