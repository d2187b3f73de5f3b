import { h, type FunctionalComponent } from 'vue'

const icon = (path: string): FunctionalComponent => {
  const drawn: FunctionalComponent = () => h('svg', { viewBox: '0 0 16 16', fill: 'currentColor' }, h('path', { d: path }))
  return drawn
}

export const Play = icon('M4.5 2.6v10.8a.6.6 0 0 0 .92.5l8.3-5.4a.6.6 0 0 0 0-1l-8.3-5.4a.6.6 0 0 0-.92.5z')
export const Pause = icon('M4 2.5h2.6v11H4zM9.4 2.5H12v11H9.4z')
