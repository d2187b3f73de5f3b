using SpeechEmotion.Bench;

return args switch
{
    ["latency", .. var rest] => Latency.Run(rest),
    ["full-size", var folder, var golden] => FullSizeCase.Run(folder, golden),
    ["import", var folder] => ImportCost.Run(folder),
    ["accuracy", var audio] => Accuracy.Run(audio),
    ["benchmarks", .. var rest] => BenchmarkRun.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        latency [--model-dir DIR]   1/3/10/30 s clips, load, cold start, peak memory; share of ONNX Runtime's own GEMM ceiling
        import DIR                  seconds and private memory of importing a FunASR folder
        full-size DIR GOLDEN        the full-size golden case: DIR holds its checkpoint, GOLDEN full_size.json
        accuracy AUDIO              recognises a labelled corpus (AUDIO/manifest.csv): recall by corpus, share of weak answers
        benchmarks [ARGS]           BenchmarkDotNet: resampler and decoders
        """);
    return 2;
}
