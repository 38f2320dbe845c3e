/**
 * The few icons of a reading page, drawn here: lucide-react draws the workbench's, but what it needs for drawing would be part of every chapter's
 * script. Decoration only; words stand beside them or on their buttons.
 */
const drawn = {
  check: 'M4.5 12.5l5 5L20 7',
  contrast: 'M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 17.5a5.5 5.5 0 0 0 0-11v11z',
  copy: 'M9 9h12v12H9zM5 15H3V3h12v2',
  flask: 'M9 3h6M10.5 3v6l-6 12h15l-6-12V3M7.5 15h9',
  moon: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  person: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4.5 21a7.5 7.5 0 0 1 15 0',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13M15.3 15.3L21 21',
  sun: 'M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8M12 2.5V5M12 19v2.5M2.5 12H5M19 12h2.5M5.3 5.3L7 7M17 17l1.7 1.7M5.3 18.7L7 17M17 7l1.7-1.7',
  terminal: 'M3 4h18v16H3zM7 9l3 3l-3 3M12.5 15H17',
} as const

export const Icon = ({ name, className }: { name: keyof typeof drawn; className?: string }) => (
  <svg
    aria-hidden="true"
    width="24"
    height="24"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="2"
    strokeLinecap="round"
    strokeLinejoin="round"
    className={className}
  >
    <path d={drawn[name]} />
  </svg>
)
