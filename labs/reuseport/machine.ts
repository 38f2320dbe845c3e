/**
 * The machine of this lab: two Pumas with the same shop on one port, as somebody set them up for deployments without an interruption. Both are
 * healthy in the template. Knows nothing of how they break.
 */
import type { Machine } from '../schema.ts'

/**
 * Puma 6.6 does not know SO_REUSEPORT, hence reuseport.rb. The second Puma forks a helper, which has inherited its listening socket, as whatever
 * is forked does: close-on-exec helps only those that exec.
 */
export const machine: Machine = {
  nic: 'vmxnet3',
  vcpus: 2,
  memoryMb: 256,
  prepare: `set -eu
cat >/etc/puma/reuseport.rb <<'RUBY'
# Puma cannot do this by itself: several servers on one port, each with a listening socket of its own (SO_REUSEPORT).
require 'puma/binder'
Puma::Binder.prepend(Module.new do
  def add_tcp_listener(host, port, optimize_for_latency = true, backlog = 1024)
    socket = Socket.new(:INET, :STREAM)
    socket.setsockopt(:SOCKET, :REUSEADDR, true)
    socket.setsockopt(:SOCKET, :REUSEPORT, true)
    socket.setsockopt(:TCP, :NODELAY, true) if optimize_for_latency
    socket.bind(Addrinfo.tcp(host, port))
    socket.listen(backlog)
    socket.autoclose = false
    server = TCPServer.for_fd(socket.fileno)
    @ios << server
    server
  end
end)
RUBY
sed -i "s#^bind #require '/etc/puma/reuseport'\\nbind #" /etc/puma/puma.rb
cat >/etc/puma/puma-b.rb <<'RUBY'
# The second Puma: the same shop with the same settings, so that one of the two serves while the other is being restarted.
instance_eval(File.read('/etc/puma/puma.rb'), '/etc/puma/puma.rb')

# New photos get their thumbnails from a process beside Puma.
on_booted do
  thumbnails = fork do
    $0 = 'thumbnails'
    File.write('/proc/self/comm', $0) # for ss and top
    %w[TERM INT].each { |signal| trap(signal, 'DEFAULT') }
    loop { sleep 3600 }
  end
  Process.detach(thumbnails)
end
RUBY
echo 'PUMA_THREADS=4' >/etc/default/puma-b
sed -e 's#^Description=.*#Description=The second Puma of the shop#' -e 's#puma/puma.rb#puma/puma-b.rb#' -e 's#^Restart=.*#Restart=no#' \\
  -e 's#^EnvironmentFile=-/etc/default/puma$#&\\nEnvironmentFile=-/etc/default/puma-b#' \\
  -e 's#^TimeoutStopSec=.*#&\\n\\# Thumbnails are finished, whatever becomes of Puma.\\nKillMode=process#' \\
  /etc/systemd/system/puma.service >/etc/systemd/system/puma-b.service
mkdir -p /etc/systemd/system/puma-b.service.d
ln -s ../puma-b.service /etc/systemd/system/multi-user.target.wants/puma-b.service
systemctl daemon-reload
systemctl restart puma puma-b
exec 9<> <(:)
for _ in {1..200}; do
  while read -r pid; do
    if read -r name 2>/dev/null <"/proc/$pid/comm" && [ "$name" = thumbnails ]; then exit 0; fi
  done </sys/fs/cgroup/system.slice/puma-b.service/cgroup.procs
  read -rt 0.1 -u 9 || true
done
exit 1
`,
}
