/**
 * How Next builds and serves the app: the way to the sandbox service's WebSockets and the headers of every answer. The policy for scripts
 * is made per request, in proxy.ts.
 *
 * Next writes the rewrites into the build. An app that is started with another service address than it was built with would hang at every
 * terminal, so the start compares the two and refuses.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NextConfig } from 'next'
import { PHASE_PRODUCTION_SERVER } from 'next/constants.js'

const serviceUrl = (process.env.RINGSIDE_SERVICE_URL ?? 'http://127.0.0.1:4701').replace(/\/+$/, '')

/** Tests build beside the build that may be serving. */
const distDir = process.env.RINGSIDE_APP_BUILD || '.next'

const headers = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
]

const config: NextConfig = {
  distDir,
  poweredByHeader: false,
  devIndicators: false,
  turbopack: { root: import.meta.dirname },
  // Next writes what it needs into the tsconfig it uses: that is the app's, not everybody's.
  typescript: { tsconfigPath: 'app/tsconfig.json' },
  // Compilers and database drivers: loaded by Node as they are.
  serverExternalPackages: [
    '@node-rs/argon2',
    '@prisma/adapter-pg',
    '@prisma/client',
    'esbuild',
    'gray-matter',
    'mdx-bundler',
    'pg',
    'rehype-pretty-code',
    'remark-gfm',
    'shiki',
  ],
  experimental: { authInterrupts: true },
  headers: async () => [{ source: '/:path*', headers }],
  rewrites: async () => [{ source: '/ws/:path*', destination: `${serviceUrl}/ws/:path*` }],
}

export default function nextConfig(phase: string): NextConfig {
  if (phase === PHASE_PRODUCTION_SERVER) refuseOtherService()
  return config
}

function refuseOtherService(): void {
  const manifest = join(import.meta.dirname, distDir, 'routes-manifest.json')
  if (!existsSync(manifest)) return
  if (readFileSync(manifest, 'utf8').includes(`"${serviceUrl}/ws/:path*"`)) return
  throw new Error(
    `RINGSIDE_SERVICE_URL is ${serviceUrl}, but the app was built for another address of the sandbox service. Build again with this value.`,
  )
}
