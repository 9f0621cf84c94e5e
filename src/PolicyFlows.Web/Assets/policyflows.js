// The only script of the pages. Everything works without it; nothing here submits a form.
import { initAll } from './govuk-frontend.js'

document.body.classList.add('js-enabled')
if ('noModule' in HTMLScriptElement.prototype) {
  document.body.classList.add('govuk-frontend-supported')
}
initAll()

// A file that is too large is named before it is sent, so that nobody waits for a refusal.
for (const input of document.querySelectorAll('input[type=file][data-max-bytes]')) {
  input.addEventListener('change', () => {
    const tooLarge = [...input.files].some((file) => file.size > Number(input.dataset.maxBytes))
    const note = document.getElementById(`${input.id}-size`)
    if (note) {
      note.textContent = tooLarge ? note.dataset.message : ''
    }
  })
}

// Print buttons are shown only where a script can print.
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
