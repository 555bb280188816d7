// One Bicep CLI that stays (`bicep jsonrpc`), for what is compiled many times: a start costs more than a compilation.
import { spawn } from 'node:child_process';
import { cleanEnvironment, cli, target } from './bicep.mjs';

const separator = '\r\n\r\n';

export class BicepServer {
  #waiting = new Map();
  #unread = Buffer.alloc(0);
  #last = 0;
  #child;

  constructor(environment) {
    // It ends when its input does, so it does not outlive this process.
    this.#child = spawn(cli, ['jsonrpc', '--stdio'], { env: cleanEnvironment(environment), stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child.stdout.on('data', data => this.#read(data));
    this.#child.stdin.on('error', () => {}); // told by the exit
    this.#child.on('exit', () => this.#waiting.forEach(({ reject }) => reject(new Error('the Bicep CLI has ended'))));
  }

  /** The compiled template. */
  async compile(file) {
    const { success, contents, diagnostics } = await this.#ask('bicep/compile', { path: file });
    if (!success) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    return JSON.parse(contents);
  }

  /** The values that a parameter file gives. */
  async parameters(file) {
    const { success, parameters, diagnostics } = await this.#ask('bicep/compileParams', { path: file, parameterOverrides: {} });
    if (!success) throw new Error(diagnostics.map(({ message }) => message).join('; '));
    return Object.fromEntries(Object.entries(JSON.parse(parameters).parameters).map(([name, { value }]) => [name, value]));
  }

  /** What a parameter file would deploy. */
  async deploy(file) {
    return JSON.parse((await this.#ask('bicep/getSnapshot', { path: file, metadata: target, externalInputs: [] })).snapshot);
  }

  stop() {
    this.#child.stdin.end();
  }

  #ask(method, params) {
    const id = ++this.#last;
    const message = JSON.stringify({ jsonrpc: '2.0', id, method, params });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(message)}${separator}${message}`);
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #read(data) {
    this.#unread = Buffer.concat([this.#unread, data]);
    for (let head = this.#unread.indexOf(separator); head >= 0; head = this.#unread.indexOf(separator)) {
      const [, length] = this.#unread
        .subarray(0, head)
        .toString()
        .match(/Content-Length: (\d+)/i);
      const end = head + separator.length + Number(length);
      if (this.#unread.length < end) return;
      const { id, result, error } = JSON.parse(this.#unread.subarray(head + separator.length, end));
      this.#unread = this.#unread.subarray(end);
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  }
}
