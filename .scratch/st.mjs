import Docker from 'dockerode'
const d = new Docker()
for (let i=0;i<5;i++){ const t=performance.now(); const s=await d.getContainer('statprobe').stats({stream:false,'one-shot':true}); console.log(performance.now()-t, s.cpu_stats.cpu_usage.total_usage) }
