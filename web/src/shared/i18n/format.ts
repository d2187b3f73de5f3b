import { language } from '.'

export const percent = (share: number) => `${(share * 100).toFixed(1)} %`

/** 83.44 -> "1:23.4" */
export function clock(seconds: number): string {
  const tenths = Math.round(seconds * 10)
  const minutes = Math.floor(tenths / 600)
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0')
  if (minutes < 60) return `${minutes}:${rest}`
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`
}

/** 1 -> "1", 1.3 -> "1.3": a number of seconds inside a sentence. */
export const shortSeconds = (seconds: number) => String(Number(seconds.toFixed(1)))

export function byteSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1e6) return `${Math.round(bytes / 1000)} KB`
  if (bytes < 1e9) return `${(bytes / 1e6).toFixed(1).replace('.0', '')} MB`
  return `${Number((bytes / 1e9).toFixed(2))} GB`
}

/** 12345 -> "12,345" */
export const count = (value: number) => new Intl.NumberFormat(language.value).format(value)

export const dateTime = (iso: string) =>
  new Intl.DateTimeFormat(language.value, { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(iso))

/** 20240104_223005, as in the names of output folders. */
export function timestamp(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  return `${date}_${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
}
