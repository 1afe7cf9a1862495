// The four networks of a picture in ONNX Runtime: arrays in, arrays out. The layout is that of site/graphs.py.

const CPU = 'wasm';

export class Networks {
  // ort: the module of onnxruntime-web; sessions: {text, page, step, picture}; model: {channels, textWidth}
  constructor(ort, sessions, model) {
    this.ort = ort;
    this.sessions = sessions;
    this.model = model;
  }

  // graphs: {name: {graph: Uint8Array, weights: [{path, data: Uint8Array}]}}; each is let go once it is open.
  static async open(ort, graphs, model) {
    const sessions = {};
    for (const name of Object.keys(graphs)) {
      const { graph, weights } = graphs[name];
      sessions[name] = await ort.InferenceSession.create(graph, { executionProviders: [CPU], externalData: weights, graphOptimizationLevel: 'all' });
      delete graphs[name];
    }
    return new Networks(ort, sessions, model);
  }

  // Token ids -> {data: embeddings, tokens}
  async text(ids) {
    const data = await this.run('text', { ids_BL: this.tensor(BigInt64Array.from(ids, BigInt), [1, ids.length], 'int64') });
    return { data, tokens: ids.length };
  }

  page({ data, width, height }) {
    return this.run('page', { image_pm1: this.tensor(data, [1, 3, height, width]) });
  }

  step({ flow, text, s, guidance, control, strength, rows, columns }) {
    const { channels, textWidth } = this.model;
    const latent = [1, channels, rows, columns];
    const number = (value) => this.tensor(Float32Array.of(value), [1]);
    return this.run('step', {
      x_s: this.tensor(flow, latent),
      text_BLD: this.tensor(text.data, [1, text.tokens, textWidth]),
      s: number(s),
      guidance: number(guidance),
      control: this.tensor(control, latent),
      strength: number(strength),
    });
  }

  picture(latent, rows, columns) {
    return this.run('picture', { clean_BCYX: this.tensor(latent, [1, this.model.channels, rows, columns]) });
  }

  tensor(data, shape, type = 'float32') { return new this.ort.Tensor(type, data, shape); }

  async run(name, inputs) {
    const answers = await this.sessions[name].run(inputs);
    return Object.values(answers)[0].data;
  }
}
