using Denoised.Papers;

namespace Denoised.Summaries;

/// <summary>
/// The vocabulary of each tag: phrases by how surely they speak of it (3 names the field itself, 2 one of its methods, tasks or models, 1 leans towards it),
/// and what an arXiv category says. Written from the field's general vocabulary; the few global numbers are in <see cref="TagWeights"/>.
/// Words are lower case, hyphens are spaces, <c>*</c> ends a stem (see <see cref="ExtractivePhrases"/>).
/// </summary>
internal static class TagLexicon
{
    private static readonly TagVocabulary[] vocabularies =
    [
        new("NLP",
            Names: "natural language processing; nlp; machine translation; text classification; sentiment analysis; named entity recognition; question answering; language modeling; language modelling; computational linguistics; information extraction; text summarization; summarization",
            Speaks: "language model; language models; llm; llms; large language model; large language models; natural language; retrieval augmented; rag; text generation; chatbot*; dialogue*; conversational; linguistic*; multilingual; cross lingual; low resource language*; tokenizer*; corpus; corpora; document*; bert; prompt*; instruction tuning; in context learning; chain of thought; code generation; text to sql; sentence*; semantic parsing; protein language model*; embedding model*",
            Leans: "text; texts; textual; word; words; semantic; tokens; token; language; languages; transcript*; question*; reasoning; queries; retrieval; gpt*; topic model*",
            Categories: "cs.CL 3; cs.IR 0.5"),
        new("Large Language Models",
            Names: "large language model; large language models; llm; llms; language model pretraining; llm based; foundation language model*; small language model*; large reasoning model*; reasoning language model*; mllm*; slm; slms",
            Speaks: "language model; language models; language modeling; language modelling; gpt*; chatgpt; llama*; qwen*; gemini; claude; deepseek*; mistral*; olmo*; gemma*; falcon*; kv cach*; chain of thought; in context learning; instruction tuning; instruction following; supervised fine tuning; sft; rlhf; dpo; grpo; rlvr; verifiable reward*; retrieval augmented generation; rag; prompt engineering; prompting; speculative decoding; mixture of experts; lora; jailbreak*; hallucination*; test time scaling; reasoning model*; tool use; tool calling; agentic; pretraining data; post training; next token prediction; gsm8k; mmlu; diffusion language model*; protein language model*; autoregressive decoding; preference optimization",
            Leans: "tokens; token; prompt*; decoding; reasoning; pretrained transformer*; pretraining; transformer*; attention head*; fine tuning; math reasoning; agents; perplexity; moe; alignment; inference time; long context; context window; code generation",
            Categories: "cs.CL 1"),
        new("Efficient ML",
            Names: "quantiz*; quantis*; pruning; model compression; knowledge distillation; parameter efficient; peft; lora; low rank adaptation; efficient inference; efficient training; efficient deep learning; kv cach*; speculative decoding; tinyml; binary neural network*; on device; edge device*; edge deployment; hardware software co design; resource constrained; inference acceleration; dataset distillation; compute efficient; memory efficient; computationally efficient",
            Speaks: "latency; throughput; speedup*; speed up; speeds up; flops; gpu memory; memory footprint; memory usage; memory overhead; memory consumption; computational cost*; computational overhead; computational complexity; computational efficiency; inference cost*; training cost*; energy efficien*; energy consumption; power consumption; lightweight; sparsity; sparse attention; linear attention; linear time; low rank; distill*; compress*; hardware; accelerator*; fpga*; asic; kernel fusion; cuda; triton; gpu; gpus; microcontroller*; edge ai; edge computing; edge inference; sample efficient; sample efficiency; data efficient; data efficiency; low cost; scalable; scalability; mixture of experts; state space model*; mamba; early exit*; token pruning; token reduction; efficiency; x faster; 2x; 3x; times faster; fewer parameters; communication efficien*; subquadratic; active learning; neuromorphic; spiking; model merging; coreset*; surrogate model*; parallelism; distributed training; caching",
            Leans: "efficient; efficiently; faster; fast; accelerat*; real time; memory; compute; cost; costs; budget*; overhead; expensive; resource*; compact; reduc* parameters; parameters; inexpensive; trade off*; tradeoff*; scaling; scale; parallel; cheap; minimal; bottleneck*; deploy*",
            Categories: "cs.AR 3; cs.DC 2; cs.PF 2; cs.NE 0.5"),
        new("Theory",
            Names: "theoretical analysis; theoretical guarantee*; sample complexity; generalization bound*; generalisation bound*; regret bound*; convergence analysis; convergence rate*; convergence guarantee*; minimax; pac bayes*; rademacher; learning theory; statistical learning theory; information theoretic; theorem*; provably; provable; universal approximation; identifiability; approximation theory; mean field; neural tangent kernel; ntk; finite sample; non asymptotic; high probability bound*; implicit bias; statistical guarantee*",
            Speaks: "prove; proves; proved; proof; proofs; we prove; lower bound*; upper bound*; theoretically; theoretical; theory; bound; bounds; asymptotic*; regret; guarantee*; consistency; excess risk; characteriz*; characteris*; closed form; necessary and sufficient; sufficient condition*; expressivity; expressive power; equivarian*; lie group*; group theor*; symmetr*; topolog*; manifold*; geometry; geometric; category theor*; kernel method*; reproducing kernel; rkhs; gaussian process*; optimal transport; wasserstein; causal*; conformal prediction; random matrix; overparameteri*; benign overfitting; double descent; scaling law*; lipschitz; convex; nonconvex; non convex; markovian; martingale; stochastic differential equation*; complexity class*; phase transition*; estimator*; hypothesis test*; differential privacy; differentially private; nash equilibri*; information geometry; fisher information",
            Leans: "formal; formally; formaliz*; assumption*; condition*; framework for understanding; mathematical*; principled; rigorous*; statistic*; probabil*; bayesian; analytic*; algebra*; spectral; operator*; kernel*; dynamics; converge*; optimal; distributional; variance; limit; exact",
            Categories: "stat.ML 1.5; math.ST 3; stat.TH 3; math.OC 1; math.PR 2.5; cs.IT 2; math.IT 2; stat.ME 1; cs.DS 1.5; cs.CC 2; cs.LO 1; math.NA 1; cs.GT 1; math-ph 1; math.FA 2; math.AT 1.5; math.DG 1.5; cond-mat.dis-nn 1.5; cond-mat.stat-mech 1; math.DS 1; math.RT 1.5; math.GR 1.5; math.AG 1; math.CO 1; math.CT 2"),
        new("Optimization",
            Names: "optimization; optimisation; optimizer*; optimiser*; gradient descent; sgd; adam; adamw; muon; bayesian optimization; bayesian optimisation; convex optimization; stochastic gradient; black box optimization; combinatorial optimization; multi objective optimization; hyperparameter optimization; bilevel; evolutionary algorithm*; genetic algorithm*; policy optimization; preference optimization; learning rate schedul*; min max; minimax optimization",
            Speaks: "optimize; optimizes; optimized; optimizing; optimise*; optimising; objective; objectives; loss landscape; learning rate*; momentum; preconditioner*; preconditioning; hessian; second order; first order; newton; convergence; convex; nonconvex; non convex; gradient; gradients; proximal; trust region; hyperparameter tuning; hyperparameter*; solver*; linear programming; integer programming; mixed integer; constraint*; constrained; neural architecture search; search algorithm*; scheduling; routing problem*; vehicle routing; zeroth order; gradient free; weight decay; sharpness; lagrangian; surrogate; optimal control; bandit*; design space; warm start; swarm; natural gradient; pareto; reward optimization; physics informed; pinn; pinns; inverse design; inverse problem*; differentiable",
            Leans: "optimal; optima; minimize*; minimizing; maximize*; maximizing; minimization; maximization; converge*; loss; losses; loss function*; regulariz*; search; cost function; training dynamics; training stability; adaptive; tuning; allocation",
            Categories: "math.OC 3; cs.NE 1.5; eess.SY 0.5; cs.SY 0.5; cs.CE 0.5"),
        new("Time Series",
            Names: "time series; timeseries; forecast*; spatiotemporal; spatio temporal; temporal dependenc*; temporal pattern*; eeg; ecg; electrocardiogram*; electroencephalogra*; longitudinal; temporal graph*; traffic prediction; weather prediction; predictive maintenance; remaining useful life; sequential data; sensor data; temporal dynamics; nowcast*; change point*; event sequence*; point process*",
            Speaks: "temporal; temporally; sensor*; signal; signals; physiological; wearable*; brain computer interface*; bci; bcis; seasonal*; anomaly detection; fault diagnosis; fault detection; trajectory prediction; trajectories; sequence model*; recurrent neural network*; lstm; gru; arima; autoregressive model*; dynamical system*; stock*; financial market*; electricity; load; traffic; weather; climate; electronic health record*; ehr; mimic*; streaming; stream; streams; data stream*; concept drift; accelerometer*; imu; vibration; energy demand; hydrolog*; cyclone*; precipitation; patient monitoring; survival; clinical trajector*; state space model*; telemetry; packet trace*; photoplethysmogra*; ppg; glucose; lead time*; rainfall; wind",
            Leans: "time; timing; dynamic; dynamics; horizon; horizons; long term; sequence*; sequential; history; historical; future; monitoring; predict* maintenance; evolution; daily; hourly; season; event; events; real time",
            Categories: "eess.SP 1.5; q-fin.ST 2; physics.ao-ph 1.5; q-bio.NC 0.5; econ.EM 1.5; q-fin.TR 1; q-fin.CP 1; stat.AP 0.5"),
        new("Interpretability",
            Names: "interpretability; interpretable; explainability; explainable; xai; mechanistic interpretability; sparse autoencoder*; feature attribution*; attribution method*; shap; shapley; lime; saliency; counterfactual explanation*; concept bottleneck*; probing; post hoc explanation*; circuit discovery; attribution map*; concept based",
            Speaks: "explanation*; explain; explains; explaining; interpret; interprets; interpreted; interpretation*; transparen*; feature importance; integrated gradients; internal representation*; activation patching; steering vector*; circuit; circuits; superposition; monosemantic*; attention head*; black box; probe; probes; symbolic regression; rule based; decision tree*; rationale*; concept vector*; residual stream; representational similarity; attribution*; critical appraisal; ablation study shows; disentangle*; causal discovery; kolmogorov arnold; variable importance; logit lens; salient",
            Leans: "understanding; understand; insight*; reveal*; trust; trustworth*; analysis; analyze*; why; human understandable; mechanism*; mechanistic*; diagnos*; inspect*; audit*; uncover*; feature; structure; root cause; encode*; visualiz*",
            Categories: ""),
        new("Generative Models",
            Names: "generative model*; generative modeling; generative modelling; diffusion model*; flow matching; score based; generative adversarial; gan; gans; variational autoencoder*; vae; vaes; text to image; text to video; image generation; video generation; normalizing flow*; normalising flow*; denoising diffusion; latent diffusion; generative framework; deep generative; generative ai; rectified flow*; consistency model*; synthetic data generation; diffusion transformer*; diffusion based; masked diffusion; schrodinger bridge*; diffusion and flow; energy based model*; molecular generation; molecule generation; de novo design; diffusion policy; diffusion policies",
            Speaks: "diffusion; generative; denois*; synthetic data; classifier free guidance; score matching; stable diffusion; generation; sampler*; sampling; image editing; image synthesis; style transfer; inpainting; data synthesis; conditional generation; posterior sampling; autoregressive image; tokenizer; protein design; molecule design; inverse design; text to motion; motion generation; 3d generation; world model*; flow model*; discrete diffusion; probability flow; ode sampl*; latent space; unconditional; super resolution; data augmentation; boltzmann",
            Leans: "generate; generates; generated; generating; synthes*; synthetic; latent; sample quality; samples; creative; realistic; fidelity; reconstruction; augment*",
            Categories: "cs.GR 0.5"),
        new("Reinforcement Learning",
            Names: "reinforcement learning; rl; marl; policy gradient*; q learning; actor critic; ppo; proximal policy optimization; grpo; dqn; offline rl; markov decision process*; mdp; mdps; pomdp*; reward shaping; multi agent reinforcement learning; inverse reinforcement learning; rlhf; rlvr; imitation learning; policy optimization; reward model*; bandit; bandits; temporal difference; model based rl; verifiable reward*; policy learning; off policy; on policy",
            Speaks: "reward; rewards; policy; policies; agent; agents; value function*; exploration; advantage estimat*; environment interaction*; trajectory optimization; behavior cloning; behaviour cloning; soft actor critic; world model*; bellman; critic; decision making; sequential decision; self play; continuous control; mujoco; atari; d4rl; control task*; preference learning; optimal control; markov game*; credit assignment; sim to real; multi agent; rollout*; regret; goal conditioned; curriculum; state action",
            Leans: "environment*; control; controller*; action; actions; episode*; planning; long horizon; game; games; interact*; decision*; simulator*",
            Categories: "cs.MA 1; cs.RO 0.5; cs.GT 0.5"),
        new("Graph Learning",
            Names: "graph neural network*; gnn; gnns; graph learning; graph representation*; graph convolution*; graph transformer*; graph attention; message passing; node classification; link prediction; knowledge graph*; hypergraph*; graph based; graph contrastive; graph generation; graph structure*; graph foundation; graph clustering; heterogeneous graph*; dynamic graph*; temporal graph*; graph embedding*; community detection; graph laplacian; graph classification; molecular graph*; graph kernel*; graph curvature; graph theor*; spatio temporal graph*",
            Speaks: "graph; graphs; oversmoothing; over smoothing; oversquashing; over squashing; heterophil*; homophil*; ricci; node; nodes; edge pruning; edges; neighborhood aggregation; adjacency; social network*; network topology; network structure; citation network*; recommendation; drug interaction*; protein protein interaction*; molecular propert*; molecule*; laplacian; mesh based; mesh graph*; relational; simplicial; cellular complex*; interaction network*; scene graph*; subgraph*",
            Leans: "molecular; topolog*; structural; network*; relation*; connectivity; tree; trees; neighbor*; crystal*; drug*",
            Categories: "cs.SI 2; q-bio.MN 1.5; physics.soc-ph 1; q-bio.BM 0.5; physics.chem-ph 0.5"),
        new("Computer Vision",
            Names: "computer vision; image classification; object detection; semantic segmentation; image segmentation; vision transformer*; vit; vits; medical imaging; medical image*; video understanding; pose estimation; depth estimation; face recognition; point cloud*; gaussian splatting; visual recognition; image recognition; image restoration; remote sensing; satellite imag*; image retrieval; text to image; image generation; video generation; action recognition; visual question answering; optical flow; histopatholog*; pathology image*; whole slide; image based; vision model*; visual model*; 3d reconstruction; super resolution; image quality",
            Speaks: "image; images; imagenet; cifar; cifar 10; cifar 100; mnist; vision; visual; visually; video; videos; pixel*; segmentation; camera*; convolutional neural network*; convolutional; cnn; cnns; resnet*; resnet18; resnet50; mobilenet*; efficientnet*; yolo*; swin; clip; dino*; imaging; mri; ct; x ray; x rays; radiolog*; radiograph*; tomograph*; ultrasound; microscop*; lidar; photograph*; vision language; visual language; nerf; deepfake*; face; facial; rendering; scene*; ocr; handwrit*; imagery; object recognition; feature map*; sam; unet; u net",
            Leans: "detection; object; objects; 3d; 2d; patch*; backbone*; spatial; spatially; view; views; augmentation*; lesion*; tumor*; perception; recognition; coco; siamese; scans",
            Categories: "cs.CV 2; eess.IV 2.5; cs.GR 0.5"),
        new("Multimodal",
            Names: "multimodal; multi modal; vision language; vlm; vlms; mllm; mllms; cross modal; text to image; text to video; image text; visual question answering; audio visual; vision language action; vla; vlas; modality; modalities; sensor fusion; data fusion; omni modal; omnimodal; image to text; clip; video language; speech language; multimodality; visual language",
            Speaks: "contrastive language image; captioning; text conditioned; text image; language image; visual grounding; fusion; fuse; fuses; fusing; heterogeneous data; multi source; multi view; text prompt*; gpt 4o; gpt 4v; qwen vl; llava; heterogeneous modal*; multi omics; multiomics; imaging and; text and image*; images and text; contextual data; audio and video",
            Leans: "visual; joint embedding*; shared embedding*; alignment; heterogeneous; integrat*; complementary; language guided",
            Categories: "cs.MM 2; cs.CV 0.3; cs.CL 0.2"),
        new("Robotics",
            Names: "robot; robots; robotic; robotics; humanoid*; manipulator*; robot manipulation; autonomous driving; self driving; autonomous vehicle*; legged; quadruped*; locomotion; embodied; drone*; uav; uavs; unmanned aerial; motion planning; motion planner*; vision language action; vla; vlas; grasping; dexterous; sim to real; slam; mobile robot*; teleoperat*; whole body control*; visuomotor",
            Speaks: "manipulation; navigation; end effector; gripper*; path planning; trajectory planning; driving; vehicle; vehicles; collision*; actuator*; model predictive control; mpc; diffusion policy; imitation learning; kinematic*; motor control; physical world; aerial; swarm; tactile; controller*; closed loop; safety critical",
            Leans: "control; physical; sensor*; motion*; simulation; simulator*; safe; planning; trajectory; trajectories; fault; hardware; real world deployment; autonomous; reliability",
            Categories: "cs.RO 4; eess.SY 0.8; cs.SY 0.8"),
        new("Federated Learning",
            Names: "federated learning; federated; fedavg; fedprox; fl; split learning; decentralized learning; decentralised learning; vertical federated; personalized federated; swarm learning; decentralized federated; federated unlearning; federated setting*",
            Speaks: "client; clients; non iid; non i i d; server aggregation; communication round*; communication cost*; decentralized training; local update*; local training; client drift; secure aggregation; privacy preserving; byzantine; data silo*; cross silo; cross device; gossip; collaborative training; collaborative learning",
            Leans: "privacy; decentralized; distributed; server; local model*; heterogeneity; edge device*; participants",
            Categories: "cs.DC 0.8; cs.CR 0.3"),
        new("Audio & Speech",
            Names: "speech; audio; automatic speech recognition; asr; speaker*; text to speech; tts; music; acoustic*; voice; voices; sound; sounds; spoken; spectrogram*; vocoder*; phoneme*; speech recognition; speech synthesis; audio language model*; audio visual; bioacoustic*; keyword spotting",
            Speaks: "wav2vec*; whisper; hubert; utterance*; pronunciation; mel; podcast*; singing; noise suppression; source separation; beamforming; prosod*; hearing; birdsong; cough; wer; conformer*; waveform*; musical; audioset; auditory; lip sync",
            Leans: "word error rate; frequency domain; codec*; listening; conversational; diarization",
            Categories: "eess.AS 4; cs.SD 4"),
        new("Safety & Alignment",
            Names: "ai safety; alignment; jailbreak*; red teaming; red team*; safety alignment; adversarial attack*; adversarial robustness; adversarial example*; adversarial training; backdoor*; data poisoning; poisoning attack*; prompt injection*; unlearning; machine unlearning; harmful; harmless*; toxic*; misalign*; safety; rlhf; reward hacking; fairness; bias mitigation; unsafe; guardrail*; membership inference; model extraction; deception; deceptive; sycophan*; scheming; ai governance; watermark*; safe reinforcement learning; value alignment; human preference*; differential privacy; differentially private; refusal",
            Speaks: "attack; attacks; attacker*; defense*; defence*; robustness; trustworth*; privacy; hallucination*; adversar*; vulnerab*; malicious; misuse; ethical; ethics; societal; discriminat* against; debias*; unfair*; bias; biases; secur*; threat*; preference learning; preference alignment; oversight; risk; risks; demographic; certified; perturbation*; unlearn*; right to be forgotten; leakage; copyright*; out of distribution detection; uncertainty; calibration; intrusion; malware; fraud",
            Leans: "safe; robust; reliable; reliability; trust; policy compliance; monitor*; constitutional; honest*; verification; audit*; protect*; responsib*; human values; private; sensitive",
            Categories: "cs.CR 2.5; cs.CY 1.5"),
    ];

    private static readonly ExtractivePhrases phrases = new(
        Tag.All.Count,
        vocabularies.SelectMany(vocabulary => new[]
        {
            (vocabulary.Index, 3.0, vocabulary.Names),
            (vocabulary.Index, 2.0, vocabulary.Speaks),
            (vocabulary.Index, 1.0, vocabulary.Leans),
        }));

    private static readonly Dictionary<string, (int Tag, double Weight)[]> categories = vocabularies
        .SelectMany(vocabulary => vocabulary.CategoryWeights.Select(pair => (pair.Category, vocabulary.Index, pair.Weight)))
        .GroupBy(entry => entry.Category, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Select(entry => (entry.Index, entry.Weight)).ToArray(), StringComparer.Ordinal);

    /// <summary>What title, abstract and categories each say of every tag, in the order of <see cref="Tag.All"/>.</summary>
    public static TagEvidence Read(ReadOnlySpan<char> title, ReadOnlySpan<char> abstractText, IReadOnlyList<string> paperCategories)
    {
        var byCategory = new double[Tag.All.Count];
        foreach (var category in paperCategories.Distinct(StringComparer.Ordinal))
        {
            foreach (var (tag, weight) in categories.GetValueOrDefault(category, []))
                byCategory[tag] += weight;
        }

        return new TagEvidence(phrases.Score(ExtractiveWords.Of(title)), phrases.Score(ExtractiveWords.Of(abstractText)), byCategory);
    }

    private sealed record TagVocabulary(string Tag, string Names, string Speaks, string Leans, string Categories)
    {
        public int Index { get; } = Papers.Tag.All.ToList().IndexOf(Tag) is >= 0 and var index ? index : throw new InvalidOperationException($"The lexicon's '{Tag}' is no tag of the taxonomy.");

        public IEnumerable<(string Category, double Weight)> CategoryWeights =>
            from entry in Categories.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            let parts = entry.Split(' ')
            select (parts[0], double.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>What a paper's title, abstract and categories say of each tag, before they are weighed.</summary>
internal sealed record TagEvidence(double[] Title, double[] Abstract, double[] Categories);
