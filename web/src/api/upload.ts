import { language } from '@/shared/i18n'
import { refusal, unanswered } from './http'

/**
 * Sends a form and resolves with the JSON of the response. `onProgress` receives the sent share, 0 to 1.
 * An abort stops a form that is being sent. A form that was sent completely may have taken effect: then the promise
 * still resolves with the response, and the caller checks the signal.
 */
export function sendForm<T>(
  url: string,
  form: FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
  headers: Record<string, string> = {},
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    // fetch does not report upload progress.
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('Accept-Language', language.value)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    let sent = false
    const abort = () => !sent && request.abort()
    request.upload.onprogress = event => event.lengthComputable && onProgress(event.loaded / event.total)
    request.upload.onload = () => (sent = true)
    request.onload = () => {
      if (request.status < 300) resolve(JSON.parse(request.responseText) as T)
      else reject(refusal(request.status, request.responseText, request.getResponseHeader('Retry-After')))
    }
    request.onerror = () => reject(unanswered())
    request.onabort = () => reject(signal.reason)
    request.onloadend = () => signal.removeEventListener('abort', abort)
    signal.addEventListener('abort', abort, { once: true })
    request.send(form)
  })
}
