import { init, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { onBeforeUnmount, onMounted, watchEffect, type Ref } from 'vue'
import { dark } from '@/shared/preferences/theme'

/**
 * Draws a chart in the font of the page, and again whenever the theme, the size or anything that `option` reads changes. `color`
 * returns the value of a CSS color variable of the theme.
 */
export function useChart(canvas: Ref<HTMLElement | null>, option: (color: (name: string) => string) => EChartsCoreOption) {
  let chart: ECharts | undefined
  const resizing = new ResizeObserver(() => chart?.resize())

  onMounted(() => {
    const drawn = (chart = init(canvas.value!))
    const style = getComputedStyle(document.documentElement)
    // After the class of the theme has changed, which is not reactive.
    const textStyle = { fontFamily: getComputedStyle(document.body).fontFamily }
    watchEffect(
      () => {
        void dark.value
        drawn.setOption({ textStyle, ...option(name => style.getPropertyValue(name).trim()) })
      },
      { flush: 'post' },
    )
    resizing.observe(canvas.value!)
  })
  onBeforeUnmount(() => {
    resizing.disconnect()
    chart?.dispose()
  })
}
