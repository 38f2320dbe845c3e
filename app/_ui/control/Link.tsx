/**
 * A link within the app. Every page is made when it is asked for, so that ahead of a click Next would fetch nothing of it but its title, with two
 * requests for each link in sight. Knows no page.
 */
import NextLink from 'next/link'
import type { ComponentProps } from 'react'

export const Link = (props: ComponentProps<typeof NextLink>) => <NextLink prefetch={false} {...props} />
