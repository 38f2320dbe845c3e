/** Buttons: ink for the one thing to do next, a line for the others. `busy` keeps the size, says so, and takes no second click. */
import type { ComponentProps, ReactNode } from 'react'

const looks = {
  primary: 'bg-ink text-paper hover:bg-muted border-ink hover:border-muted',
  plain: 'border-track hover:border-ink hover:bg-raised text-ink',
  quiet: 'border-transparent hover:bg-raised text-muted hover:text-ink',
  danger: 'border-red-mark text-red hover:bg-raised',
} as const

const shape =
  'inline-flex min-h-9 coarse:min-h-11 items-center justify-center gap-2 rounded-[3px] border px-3.5 text-sm font-medium leading-none transition-[color,background-color,border-color] duration-100 select-none disabled:opacity-55 aria-disabled:opacity-55 [&_svg]:size-4 [&_svg]:stroke-[1.75]'

export type ButtonProps = ComponentProps<'button'> & { look?: keyof typeof looks; busy?: boolean }

export function Button({ look = 'plain', busy = false, className = '', onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
      className={`${shape} ${looks[look]} ${className}`}
    />
  )
}

export const buttonClass = (look: keyof typeof looks, className = '') =>
  `${shape} ${looks[look]} ${className}`

export function IconButton({
  label,
  children,
  className = '',
  ...rest
}: ComponentProps<'button'> & { label: string; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={`inline-grid size-8 coarse:size-10 shrink-0 place-items-center rounded-[3px] text-muted transition-[color,background-color,border-color] duration-100 hover:bg-raised hover:text-ink disabled:opacity-40 [&_svg]:size-4 [&_svg]:stroke-[1.75] ${className}`}
    >
      {children}
    </button>
  )
}
