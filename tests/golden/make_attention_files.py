#!/usr/bin/env python3
"""Makes tests/data/attention: attention files of tiny random models of transformers,
each as python/heed writes it, and with it what the model computed.

usage: make_attention_files.py FOLDER

Needs torch and transformers (any that have the models; made with torch 2.13 and
transformers 5.24). The models' weights are random, from a seed for each.
"""

import pathlib
import sys

import torch
import transformers as tf

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "python"))
import heed  # noqa: E402

EAGER = {"attn_implementation": "eager"}


def lively(model, seed):
    """With weights so large that no attention is even."""
    torch.manual_seed(seed)
    for name, values in model.named_parameters():
        if values.dim() > 1 and "norm" not in name:
            torch.nn.init.normal_(values, std=0.5)
    return model.eval()


def gpt2():
    model = lively(tf.GPT2LMHeadModel(tf.GPT2Config(
        vocab_size=50, n_positions=16, n_embd=16, n_layer=2, n_head=2, **EAGER)), 1)
    ids = torch.tensor([[3, 7, 7, 12, 30, 4]])
    out = model(ids, output_attentions=True, output_hidden_states=True)
    return heed.from_outputs(out, ["The", "Ġanimal", "Ġdidn", "'t", "Ġcross", "Ċ"],
                             model="tiny-gpt2", mask="causal", words=[0, 1, 2, 2, 3, None])


def gpt2_generate():
    model = lively(tf.GPT2LMHeadModel(tf.GPT2Config(
        vocab_size=50, n_positions=16, n_embd=16, n_layer=1, n_head=2, eos_token_id=None,
        bos_token_id=0, **EAGER)), 2)
    out = model.generate(torch.tensor([[3, 7, 12]]), max_new_tokens=3, do_sample=False,
                         output_attentions=True, return_dict_in_generate=True,
                         pad_token_id=0)
    tokens = [f"t{i}" for i in out.sequences[0].tolist()]
    return heed.from_outputs(out, tokens, model="tiny-gpt2", mask="causal")


def t5():
    model = lively(tf.T5ForConditionalGeneration(tf.T5Config(
        vocab_size=40, d_model=16, d_kv=8, d_ff=16, num_layers=1, num_decoder_layers=2,
        num_heads=2, decoder_start_token_id=0, **EAGER)), 3)
    out = model(input_ids=torch.tensor([[3, 7, 12, 9, 1]]),
                decoder_input_ids=torch.tensor([[0, 5, 6]]), output_attentions=True)
    return heed.from_outputs(out, encoder_tokens=["▁The", "▁house", "▁is", "▁red", "</s>"],
                             decoder_tokens=["<pad>", "▁Das", "▁Haus"], model="tiny-t5", scale=1)


def vit():
    model = lively(tf.ViTModel(tf.ViTConfig(
        hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        image_size=12, patch_size=4, **EAGER)), 4)
    picture = (torch.arange(12 * 12 * 3) * 7 % 256).reshape(12, 12, 3).to(torch.uint8)
    out = model(picture.permute(2, 0, 1)[None] / 255, output_attentions=True)
    return heed.from_outputs(out, grid=(3, 3), image=picture, special=[0], model="tiny-vit")


def llama(dtype=torch.float32):
    """Grouped queries: 4 heads share 2 heads of keys."""
    model = lively(tf.LlamaModel(tf.LlamaConfig(
        vocab_size=40, hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=4, num_key_value_heads=2, **EAGER)), 5).to(dtype)
    kept = {}

    def keep(module, arguments, keywords, _):
        states = keywords["hidden_states"]
        cos, sin = keywords["position_embeddings"]
        shape = (*states.shape[:-1], -1, module.head_dim)
        q = module.q_proj(states).view(shape).transpose(1, 2)
        k = module.k_proj(states).view(shape).transpose(1, 2)
        q, k = tf.models.llama.modeling_llama.apply_rotary_pos_emb(q, k, cos, sin)
        kept["queries"], kept["keys"] = q, k
        kept["values"] = module.v_proj(states).view(shape).transpose(1, 2)

    model.layers[0].self_attn.register_forward_hook(keep, with_kwargs=True)
    out = model(torch.tensor([[1, 3, 7, 12, 9]]), output_attentions=True)
    return heed.from_outputs(out, ["<s>", "▁Once", "▁upon", "▁a", "▁time"], special=[0],
                             model="tiny-llama", mask="causal", **kept)


def whisper():
    model = lively(tf.WhisperModel(tf.WhisperConfig(
        vocab_size=40, num_mel_bins=4, encoder_layers=1, encoder_attention_heads=2,
        decoder_layers=1, decoder_attention_heads=2, encoder_ffn_dim=16, decoder_ffn_dim=16,
        d_model=16, max_source_positions=8, max_target_positions=8, pad_token_id=0,
        bos_token_id=1, eos_token_id=2, decoder_start_token_id=1, **EAGER)), 6)
    torch.manual_seed(6)
    out = model(torch.randn(1, 4, 16), decoder_input_ids=torch.tensor([[1, 5, 6]]),
                output_attentions=True)
    return heed.from_outputs(out, decoder_tokens=["<|start|>", "Ġhello", "Ġworld"],
                             encoder_tokens=[f"{i * 20} ms" for i in range(8)],
                             model="tiny-whisper")


MODELS = {"gpt2": gpt2, "gpt2-generate": gpt2_generate, "t5": t5, "vit": vit, "llama": llama,
          "llama-bf16": lambda: llama(torch.bfloat16), "whisper": whisper}


def main():
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with torch.no_grad():
        for name, make in MODELS.items():
            heed.save(folder / f"{name}.safetensors", make())


if __name__ == "__main__":
    main()
