import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
  // One jsdom for all files: starting one takes longer than the tests.
  test: { environment: 'jsdom', isolate: false, include: ['src/**/*.test.ts'] },
})
