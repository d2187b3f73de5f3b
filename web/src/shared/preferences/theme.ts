import { ref, watchEffect } from 'vue'

const key = 'ser.theme'
const preference = matchMedia('(prefers-color-scheme: dark)')
const remembered = localStorage.getItem(key)

export const dark = ref(remembered ? remembered === 'dark' : preference.matches)

export function switchTheme(): void {
  dark.value = !dark.value
  localStorage.setItem(key, dark.value ? 'dark' : 'light')
}

preference.addEventListener('change', () => {
  if (!localStorage.getItem(key)) dark.value = preference.matches
})

// Element Plus uses this class too.
const apply = (now: boolean) => document.documentElement.classList.toggle('dark', now)
watchEffect(() => apply(dark.value))

// Paper is white.
matchMedia('print').addEventListener('change', ({ matches }) => apply(!matches && dark.value))
