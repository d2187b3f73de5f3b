import type { Recognition } from '@/api/schema'
import { emotionName, emotionOf, emotions } from '@/shared/emotions/emotions'
import { headlineCounts, headlineEmoji, headlineOf, headlinePercent, headlineTitle, type Headline } from '@/shared/emotions/headline'
import { text } from '@/shared/i18n'
import { clock, dateTime, percent } from '@/shared/i18n/format'
import { modelLine, scoresTitle } from './resultText'

const [width, height, margin, scale] = [960, 720, 48, 2] as const
const fonts = "'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
const emojiFonts = "'Segoe UI Emoji', 'Apple Color Emoji', 'Noto Color Emoji', sans-serif"
const [ink, faint, track] = ['#1d2b33', '#5c6b73', '#e9eef1'] as const

/** Draws a finished recognition as a PNG picture: headline, scores, model. */
export async function resultPicture(recognition: Recognition): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
  context.fillStyle = '#fff'
  context.fillRect(0, 0, width, height)
  const { file_name, duration, created } = recognition
  write(context, [file_name, duration === null ? '' : clock(duration)].filter(Boolean).join(' · '), margin, 52, { size: 18, color: faint })
  drawHeadline(context, headlineOf(recognition)!)
  drawScores(context, recognition)
  write(context, modelLine(recognition), margin, height - 56, { size: 15, color: faint })
  write(context, dateTime(created), margin, height - 30, { size: 15, color: faint })
  return await new Promise((done, fail) =>
    canvas.toBlob(blob => (blob ? done(blob) : fail(new Error('The browser cannot encode the picture.'))), 'image/png'),
  )
}

function drawHeadline(context: CanvasRenderingContext2D, headline: Headline): void {
  const { color } = emotionOf(headline.emotion)
  context.globalAlpha = 0.13
  context.fillStyle = color
  context.fillRect(margin, 76, width - 2 * margin, 136)
  context.globalAlpha = 1
  context.fillRect(margin, 76, 8, 136)
  drawRing(context, headline)
  const size = headline.secondary || headline.ofSpeech ? 36 : 60
  write(context, headlineEmoji(headline), 128, 146, { size, align: 'center', fonts: emojiFonts })
  write(context, headlineTitle(headline), 208, 138, { size: 34, bold: true, most: 430 })
  write(context, headlineCounts(headline), 208, 178, { size: 18, color: faint, most: 430 })
  const label = headline.ofSpeech ? text.value.headline.share : text.value.result.wholeConfidence
  write(context, label, width - margin - 24, 118, { size: 16, color: faint, align: 'right' })
  write(context, headlinePercent(headline), width - margin - 24, 160, { size: 36, bold: true, align: 'right', most: 280 })
}

function drawRing(context: CanvasRenderingContext2D, { shares }: Headline): void {
  if (!shares) return
  let start = -Math.PI / 2
  context.lineWidth = 15
  for (const { key, color } of [...emotions].sort((a, b) => shares[b.key] - shares[a.key])) {
    const end = start + 2 * Math.PI * shares[key]
    context.strokeStyle = color
    context.beginPath()
    context.arc(128, 144, 46, start, end)
    context.stroke()
    start = end
  }
}

function drawScores(context: CanvasRenderingContext2D, recognition: Recognition): void {
  write(context, scoresTitle(recognition.dominant !== null), margin, 256, { size: 18, bold: true })
  emotions.forEach(({ key, emoji, color }, index) => {
    const [y, score, length] = [298 + index * 38, recognition.scores![key], width - 2 * margin - 300]
    write(context, emoji, margin, y, { size: 18, fonts: emojiFonts })
    write(context, emotionName(key), margin + 36, y, { size: 18, bold: key === recognition.emotion })
    context.fillStyle = track
    context.fillRect(margin + 180, y - 7, length, 14)
    context.fillStyle = color
    context.fillRect(margin + 180, y - 7, Math.max(2, score * length), 14)
    write(context, percent(score), width - margin, y, { size: 18, align: 'right' })
  })
}

interface Style {
  size: number
  bold?: boolean
  color?: string
  align?: CanvasTextAlign
  fonts?: string
  /** Longer text is condensed to this width. */
  most?: number
}

function write(context: CanvasRenderingContext2D, what: string, x: number, y: number, style: Style): void {
  context.font = `${style.bold ? '600' : '400'} ${style.size}px ${style.fonts ?? fonts}`
  context.fillStyle = style.color ?? ink
  context.textAlign = style.align ?? 'left'
  context.textBaseline = 'middle'
  context.fillText(what, x, y, style.most ?? width - 2 * margin)
}
