// One job's life with a gateway, step by step: node --import tsx test/life.ts URL JOB TOKEN STEP... writes what came of each.
// For tests/Samples.Tests.
import { type Answer, Gateway, type Handoff, type Job, type ToolAnswer } from '../gateway.ts';

const [url = '', job = '', token = '', ...steps] = process.argv.slice(2);
let askings = 0;
const asked = async () => {
  askings++;
  return token;
};
const gateway = new Gateway(JSON.parse(job) as Job, url, asked, { lease: 0, pause: 100 });

for (const step of steps) console.log(`${step}: ${await take(step)}`);
process.exit();

async function take(step: string): Promise<unknown> {
  switch (step) {
    case 'lease': {
      const until = await gateway.askForLease();
      return until === undefined ? 'refused' : until <= performance.now() + 4000 ? 'granted' : 'unasked';
    }
    case 'keep':
      return await keep();
    case 'handoff':
      return said(await gateway.handoff({ queue: 'support', reason: 'customer_request' }));
    case 'asks':
      return said(await gateway.handoff());
    case 'tool':
      return said(await gateway.useTool('searchTeeTimes', { date: '2026-05-01', players: 2 }, 'use_1'));
    default:
      return (await gateway.done()) ? 'taken' : 'refused';
  }
}

function said(answer: Answer<Handoff | ToolAnswer>): string {
  if ('problem' in answer) return answer.problem;
  return 'outcome' in answer ? answer.outcome : answer.status;
}

/** Renews until it does so for the second time, or the lease is lost. */
async function keep(): Promise<string> {
  const before = askings;
  let lost = false;
  const letGo = gateway.keepLease(() => {
    lost = true;
  });
  while (!lost && askings < before + 2) await new Promise(resolve => setTimeout(resolve, 20));
  letGo();
  return lost ? 'lost' : 'kept';
}
