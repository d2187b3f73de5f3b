import { createApp } from 'vue'
import App from './App.vue'
import './styles/elementPlus.css'
import './styles/theme.css'
import './styles/page.css'

createApp(App).mount('#app')
