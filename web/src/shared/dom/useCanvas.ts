import { onBeforeUnmount, onMounted, watch, type Ref } from 'vue'
import { dark } from '@/shared/preferences/theme'

export interface Surface {
  context: CanvasRenderingContext2D
  width: number
  height: number
  /** Returns the value of a CSS color variable of the theme. */
  color: (name: string) => string
}

/** Draws on a canvas at the resolution of the screen, and again whenever `source`, the theme or the size changes. */
export function useCanvas(canvas: Ref<HTMLCanvasElement | null>, draw: (surface: Surface) => void, source: () => unknown): () => void {
  const resizing = new ResizeObserver(redraw)
  let request = 0

  function redraw() {
    cancelAnimationFrame(request)
    request = requestAnimationFrame(paint)
  }

  function paint() {
    const element = canvas.value
    const context = element?.getContext('2d')
    if (!element || !context || element.clientWidth === 0) return
    const { clientWidth: width, clientHeight: height } = element
    const scale = devicePixelRatio || 1
    if (element.width !== Math.round(width * scale) || element.height !== Math.round(height * scale)) {
      element.width = Math.round(width * scale)
      element.height = Math.round(height * scale)
    }
    context.setTransform(scale, 0, 0, scale, 0, 0)
    context.clearRect(0, 0, width, height)
    const style = getComputedStyle(element)
    draw({ context, width, height, color: name => style.getPropertyValue(name).trim() })
  }

  onMounted(() => resizing.observe(canvas.value!))
  watch([source, dark], redraw, { flush: 'post' })
  onBeforeUnmount(() => {
    cancelAnimationFrame(request)
    resizing.disconnect()
  })
  return redraw
}
