/**
 * What to do about the Docker engine, decided from facts alone: pure, so that machines we do not have can be tried. Knows neither how to
 * ask for the facts nor how to carry the plan out.
 */
import type { Host } from './host.ts'
import type { Ping } from './ping.ts'

export type EngineFacts = Pick<Host, 'platform' | 'arch' | 'root' | 'user' | 'debian' | 'systemd'> & {
  ping: Ping
  dockerHost: string | undefined
  /** dockerd is installed. */
  dockerd: boolean
}

export type EnginePlan =
  | { do: 'use' }
  | { do: 'install' }
  | { do: 'start with systemd' }
  | { do: 'start the daemon' }
  | { do: 'refuse'; message: string; remedy: string }

export function planEngine(facts: EngineFacts): EnginePlan {
  if (facts.arch !== 'x64' && !facts.dockerHost) return wrongProcessor(facts)
  if (facts.ping === 'answers') return { do: 'use' }
  if (facts.dockerHost) return elsewhere(facts)
  if (facts.ping === 'denied') return denied(facts)
  if (facts.platform !== 'linux') return noLinux(facts)
  if (!facts.dockerd) return facts.root && facts.debian ? { do: 'install' } : notInstalled(facts)
  if (!facts.root) return notStarted(facts)
  return { do: facts.systemd ? 'start with systemd' : 'start the daemon' }
}

const refuse = (message: string, remedy: string): EnginePlan => ({ do: 'refuse', message, remedy })

const wrongProcessor = ({ arch }: EngineFacts): EnginePlan =>
  refuse(
    `The sandboxes run x86-64 machines and need an x86-64 processor; this one is ${arch}.`,
    'Use an x86-64 machine, or set DOCKER_HOST to a Docker engine on one.',
  )

const elsewhere = ({ dockerHost, ping, user }: EngineFacts): EnginePlan =>
  ping === 'denied'
    ? refuse(
        `The user ${user} may not use the Docker engine at DOCKER_HOST=${dockerHost}.`,
        'Give this user the right to that socket, or unset DOCKER_HOST to use the local engine.',
      )
    : refuse(
        `No Docker engine answers at DOCKER_HOST=${dockerHost}.`,
        'Start that engine, correct DOCKER_HOST, or unset it to use the local engine.',
      )

const denied = ({ user }: EngineFacts): EnginePlan =>
  refuse(
    `A Docker engine runs, but the user ${user} may not use its socket.`,
    `Run \`sudo usermod -aG docker ${user}\`, log out and in again (or open a shell with \`newgrp docker\`), then run \`npm start\` again.`,
  )

const noLinux = ({ platform }: EngineFacts): EnginePlan =>
  refuse(
    'No Docker engine answers.',
    platform === 'darwin' || platform === 'win32'
      ? 'Install and start Docker Desktop (https://docs.docker.com/desktop), then run `npm start` again.'
      : 'Set DOCKER_HOST to a Docker engine on a Linux machine, then run `npm start` again.',
  )

function notInstalled({ debian, user }: EngineFacts): EnginePlan {
  if (debian)
    return refuse(
      'No Docker engine is installed, and installing one needs root.',
      `Run \`sudo apt-get update && sudo apt-get install -y docker.io && sudo usermod -aG docker ${user}\`, log out and in again, then run \`npm start\` again.`,
    )
  return refuse(
    'No Docker engine is installed. Ringside installs one by itself only on Debian and Ubuntu, as root.',
    'Install Docker with your distribution’s packages (Fedora: `dnf install moby-engine`, Arch: `pacman -S docker`, openSUSE: `zypper install docker`; others: https://docs.docker.com/engine/install), start it, then run `npm start` again.',
  )
}

const notStarted = ({ systemd, user }: EngineFacts): EnginePlan =>
  refuse(
    'A Docker engine is installed but does not run, and starting it needs root.',
    `Run \`${systemd ? 'sudo systemctl enable --now docker' : 'sudo service docker start'}\`; if the socket is refused afterwards, \`sudo usermod -aG docker ${user}\` and log in again.`,
  )
