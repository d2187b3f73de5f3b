import { reactive, watch } from 'vue'
import { defaultOptions, type RecognitionOptions } from '@/api/recognitions'

const key = 'ser.options'

/** The options of the form, which the browser remembers. */
export function useOptions(): RecognitionOptions {
  const options = reactive(merge(defaultOptions(), localStorage.getItem(key)))
  watch(options, () => localStorage.setItem(key, JSON.stringify(options)))
  return options
}

/** Takes those stored values that have the type of the default. */
export function merge(options: RecognitionOptions, stored: string | null): RecognitionOptions {
  let found: unknown
  try {
    found = JSON.parse(stored ?? '{}')
  } catch {
    return options
  }
  const choices: Record<string, readonly unknown[]> = {
    granularity: ['utterance', 'frame'],
    embedding: [true, false],
    segments: ['auto', 'always', 'never'],
    silence: ['auto', 'keep', 'skip'],
    channels: ['mix', 'split'],
  }
  const { roles, ...rest } = Object(found) as Record<string, unknown>
  for (const [name, known] of Object.entries(choices)) {
    if (known.includes(rest[name])) Object.assign(options, { [name]: rest[name] })
  }
  if (Array.isArray(roles) && roles.every(role => typeof role === 'string')) options.roles = roles
  return options
}
