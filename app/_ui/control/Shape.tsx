/** Passed, failed, not judged, under way: four shapes that can be told apart without colour. Words stand beside them. */
import type { ComponentProps, ReactNode } from 'react'

type Props = { className?: string }

function Shape({ className = '', children, ...rest }: ComponentProps<'svg'> & { children: ReactNode }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 12 12"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      className={`size-3 shrink-0 ${className}`}
      {...rest}
    >
      {children}
    </svg>
  )
}

export const ShapePass = ({ className }: Props) => (
  <Shape className={className}>
    <path d="M1.5 6.5 4.75 10 10.5 2" />
  </Shape>
)
export const ShapeFail = ({ className }: Props) => (
  <Shape className={className}>
    <path d="M2 2l8 8M10 2l-8 8" />
  </Shape>
)
export const ShapePart = ({ className }: Props) => (
  <Shape className={className}>
    <circle cx="6" cy="6" r="4.25" />
    <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5Z" fill="currentColor" stroke="none" />
  </Shape>
)
export const ShapeFull = ({ className }: Props) => (
  <Shape className={className}>
    <circle cx="6" cy="6" r="4.25" fill="currentColor" />
  </Shape>
)
export const ShapeNone = ({ className }: Props) => (
  <Shape className={className}>
    <path d="M1.5 6h9" />
  </Shape>
)
export const ShapeOpen = ({ className }: Props) => (
  <Shape className={className}>
    <circle cx="6" cy="6" r="4.25" />
  </Shape>
)
export const ShapeNext = ({ className }: Props) => (
  <Shape className={className}>
    <path d="M3.5 2v8L9.5 6Z" fill="currentColor" strokeLinejoin="round" />
  </Shape>
)
export const ShapeLive = ({ className }: Props) => (
  <Shape className={className}>
    <circle cx="6" cy="6" r="4.25" />
    <circle cx="6" cy="6" r="1.75" fill="currentColor" stroke="none" />
  </Shape>
)
