import { computed, ref, watchEffect } from 'vue'
import { en } from './en'
import { zh } from './zh'

export type Language = 'zh-CN' | 'en'

const key = 'ser.language'
const remembered = localStorage.getItem(key)

export const language = ref<Language>(
  remembered === 'zh-CN' || remembered === 'en' ? remembered : navigator.language.startsWith('zh') ? 'zh-CN' : 'en',
)

/** The UI texts in the current language. */
export const text = computed(() => (language.value === 'zh-CN' ? zh : en))

export function switchLanguage(): void {
  language.value = language.value === 'zh-CN' ? 'en' : 'zh-CN'
  localStorage.setItem(key, language.value)
}

watchEffect(() => {
  document.documentElement.lang = language.value
})
