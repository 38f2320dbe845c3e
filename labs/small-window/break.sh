#!/bin/bash
# Keeps the receive buffers of Puma's connections small, as somebody left it who meant to save memory: by the most that they may have, by an autotuning that
# never comes, or by Puma's own wish. A connection begins with the buffer of the socket that it was accepted from. So that Puma need not be restarted,
# perl sets that from outside, and for the first two takes back the mark that the application had asked for it. One program, since each costs 0.1 s and
# more in a machine that has just been restored. Root, in the guest; idempotent.
set -eu
names=() values=()
case $LAB_CAUSE in
  most) names=(tcp_rmem) values=("4096 $LAB_BYTES $LAB_BYTES") ;;
  untuned) names=(tcp_rmem tcp_moderate_rcvbuf) values=("4096 $LAB_BYTES 6291456" 0) ;;
  socket)
    if [[ $(</etc/puma/puma.rb) != *RCVBUF* ]]; then
      printf '\n# %s: what waits in sockets is memory that nobody counts.\n%s\n' "${LAB_TRACE#*-}" \
        "Puma::Binder.prepend(Module.new { def add_tcp_listener(...) = super.tap { |one| one.setsockopt(:SOCKET, :RCVBUF, $((LAB_BYTES / 2))) } })" \
        >>/etc/puma/puma.rb
    fi
    ;;
esac

for i in "${!names[@]}"; do
  echo "${values[i]}" >"/proc/sys/net/ipv4/${names[i]}"
done
if [ "${#names[@]}" -gt 0 ] && [ "$LAB_PLACE" = sysctl ]; then
  printf '# A small server: what waits in sockets is memory that nobody counts.\n' >"/etc/sysctl.d/$LAB_TRACE.conf"
  for i in "${!names[@]}"; do printf 'net.ipv4.%s = %s\n' "${names[i]}" "${values[i]}" >>"/etc/sysctl.d/$LAB_TRACE.conf"; done
elif [ "${#names[@]}" -gt 0 ] && [[ $(</etc/network/interfaces) != *moderate_rcvbuf* && $(</etc/network/interfaces) != *tcp_rmem* ]]; then
  printf '    # %s: what waits in sockets is memory that nobody counts\n' "${LAB_TRACE#*-}" >>/etc/network/interfaces
  for i in "${!names[@]}"; do printf '    up sysctl -qw net.ipv4.%s="%s"\n' "${names[i]}" "${values[i]}" >>/etc/network/interfaces; done
fi

# Numbers of x86_64: pidfd_open 434, pidfd_getfd 438; SOL_SOCKET 1, SO_RCVBUF 8, SO_RCVBUFFORCE 33, SO_BUF_LOCK 72.
perl - "$LAB_BYTES" "$LAB_CAUSE" <<'PERL'
my ($bytes, $cause) = @ARGV;
my %listening;
open my $table, '<', '/proc/net/tcp' or die $!;
while (<$table>) { my @cells = split; $listening{$cells[9]} = 1 if $cells[1] =~ /:0050$/ and $cells[3] eq '0A' }
open my $processes, '<', '/sys/fs/cgroup/system.slice/puma.service/cgroup.procs' or die $!;
my $done = 0;
while (my $pid = <$processes>) {
  chomp $pid;
  for my $link (glob "/proc/$pid/fd/*") {
    next unless (readlink $link // '') =~ /^socket:\[(\d+)\]/ and $listening{$1};
    my ($number) = $link =~ /(\d+)$/;
    my $process = syscall 434, $pid + 0, 0;
    my $fd = syscall 438, $process, $number + 0, 0;
    open my $socket, '+<&=', $fd or die "socket: $!";
    setsockopt $socket, 1, 33, pack 'i', $bytes / 2 or die "buffer: $!";
    setsockopt $socket, 1, 72, pack 'i', 0 or die "mark: $!" if $cause ne 'socket';
    $done += unpack('i', getsockopt $socket, 1, 8) == $bytes;
  }
}
exit !$done;
PERL
