/** CSS goes through Tailwind only. */
export default { plugins: { '@tailwindcss/postcss': {} } }
