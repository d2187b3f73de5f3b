import vue from '@vitejs/plugin-vue'
import { defineConfig, loadEnv } from 'vite'

export default defineConfig(({ mode }) => {
  // `npm run dev` needs a running server.
  const server = loadEnv(mode, '.', 'SER_').SER_URL ?? 'http://localhost:7860'
  const paths = ['/api', '/login', '/logout', '/docs', '/openapi']
  const proxy = Object.fromEntries(paths.map(path => [path, { target: server, changeOrigin: true, ws: true }]))
  return {
    // A reverse proxy may serve the page under any path.
    base: './',
    plugins: [vue()],
    resolve: { alias: { '@': new URL('./src', import.meta.url).pathname } },
    build: { target: ['chrome100', 'firefox100', 'safari15.4'], assetsInlineLimit: 0 },
    server: { proxy },
  }
})
