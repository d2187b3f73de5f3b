using SpeechEmotion.Bench;
using SpeechEmotion.Options;
using SpeechEmotion.Quantization;

return args switch
{
    ["latency", .. var rest] => Latency.Run(rest),
    ["full-size", var folder, var golden] => FullSizeCase.Run(folder, golden),
    ["import", var folder] => ImportCost.Run(folder),
    ["memory", .. var rest] => MemoryCost.Run(rest),
    ["memory-once", var folder, var seconds, var count] => MemoryCost.RunOnce(folder, seconds, count),
    ["accuracy", var audio] => Accuracy.Run(audio),
    ["silence", var audio] => SilenceFlips.Run(audio, 8, []),
    ["silence", var audio, var each, .. var kinds] => SilenceFlips.Run(audio, int.Parse(each), kinds),
    ["speech-head", var audio, var head, var lambda] => SpeechHead.Run(audio, head, double.Parse(lambda)),
    ["long", var program, var audio, var minutes] => LongFiles.Run(program, audio, [.. minutes.Split(',').Select(int.Parse)], null),
    ["long", var program, var audio, var minutes, var folder] =>
        LongFiles.Run(program, audio, [.. minutes.Split(',').Select(int.Parse)], folder),
    ["front", var audio] => FrontEnd.Run(audio, 5, null),
    ["front", var audio, var minutes] => FrontEnd.Run(audio, int.Parse(minutes), null),
    ["front", var audio, var minutes, var folder] => FrontEnd.Run(audio, int.Parse(minutes), folder),
    ["live", var program, var audio, var counts] => await LiveLoad.RunAsync(program, audio, [.. counts.Split(',').Select(int.Parse)]),
    ["timeline", var audio, .. var settings] => TimelineQuality.Run(audio, settings),
    ["serve", .. var rest] => ServerLoad.Run(rest),
    ["soak", var program, var requests] => ServerSoak.Run(program, int.Parse(requests), null),
    ["soak", var program, var requests, var folder] => ServerSoak.Run(program, int.Parse(requests), folder),
    ["switch", var program, var folder, var switches] => await ModelSwitches.RunAsync(program, folder, int.Parse(switches)),
    ["cancel", var program] => CancelCost.Run(program, null),
    ["cancel", var program, var folder] => CancelCost.Run(program, folder),
    ["batch-speed", var audio, var clips, var precision, .. var rest] => await BatchSpeed.RunAsync(
        audio, int.Parse(clips), Choices.Find<ModelPrecision>(precision) ?? default, rest.FirstOrDefault()),
    ["batch-scale", var program, var clips, var rows] => BatchScale.Run(program, int.Parse(clips), int.Parse(rows)),
    ["batch-kills", var program, var audio, var clips, var kills] =>
        BatchKills.Run(program, audio, int.Parse(clips), int.Parse(kills)),
    ["server-kills", var program, var audio, var clips, var kills] =>
        await ServerKills.RunAsync(program, audio, int.Parse(clips), int.Parse(kills)),
    ["worker-kills", var program, var audio, var clips, var kills] =>
        await WorkerKills.RunAsync(program, audio, int.Parse(clips), int.Parse(kills), hasBroker: false),
    ["worker-kills", var program, var audio, var clips, var kills, "broker"] =>
        await WorkerKills.RunAsync(program, audio, int.Parse(clips), int.Parse(kills), hasBroker: true),
    ["network-cuts", var program, var audio, var clips, var seconds] =>
        NetworkCuts.Run(program, audio, int.Parse(clips), int.Parse(seconds)),
    ["network-cuts-inside", var program, var audio, var clips, var seconds] =>
        await NetworkCuts.RunInsideAsync(program, audio, int.Parse(clips), int.Parse(seconds)),
    ["rolling-update", var before, var after, var audio, var clips] =>
        await RollingUpdate.RunAsync(before, after, audio, int.Parse(clips)),
    ["bucket-faults", var program, var audio, var clips, var seconds] =>
        await BucketFaults.RunAsync(program, audio, int.Parse(clips), int.Parse(seconds)),
    ["worker-scale", var program, var audio, var clips, var rounds] =>
        await WorkerScale.RunAsync(program, audio, int.Parse(clips), int.Parse(rounds)),
    ["fleet", var workers, var perSecond, var seconds, .. var rest] =>
        await Fleet.RunAsync(int.Parse(workers), int.Parse(perSecond), int.Parse(seconds), hasBroker: rest is ["broker"]),
    ["benchmarks", .. var rest] => BenchmarkRun.Run(rest),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine(
        """
        latency [--model-dir DIR]   1/3/10/30 s clips, load, cold start, peak memory; share of ONNX Runtime's own GEMM ceiling
        import DIR                  seconds and private memory of importing a FunASR folder
        memory [--model-dir DIR]    memory of one more inference, by length
        full-size DIR GOLDEN        the full-size golden case: DIR has its checkpoint, GOLDEN is full_size.json
        accuracy AUDIO              recognizes a labeled corpus (AUDIO/manifest.csv): recall by corpus, share of weak answers
        silence AUDIO [EACH [KIND ...]]  clips padded with silence, room noise or music: changed labels and recall, EACH clips per label
        speech-head AUDIO FILE LAMBDA  fits and writes compact's head for speech without silence, regularized to its first head by LAMBDA
        long SER AUDIO MINUTES,... [DIR]  time and peak memory of the command on long recordings joined from the corpus
        front AUDIO [MINUTES [DIR]] CPU seconds per hour of audio of the steps before the model, and of the model
        live SERVER AUDIO STREAMS,...  live streams in real time: delay of the partials, and whether the server keeps up
        timeline AUDIO [NAME=VALUE ...]  conversations joined from the corpus: missed and false speech, labels, changes
        serve [SERVER [SECONDS [DIR]]]  requests per second and latency at 1, 8, 64 clients beside the bare recognizer (dist/ser-server)
        soak SERVER REQUESTS [DIR]  the server's private memory during many recordings of mixed lengths
        switch SERVER DIR TIMES     the server's private memory while it alternates between compact and a FunASR folder
        cancel SERVER [DIR]         delay until a core is free after a cancellation; DIR: a FunASR folder, else compact
        batch-speed AUDIO CLIPS PRECISION [DIR]  clips per second of `ser batch` beside the bare model's best (DIR: a FunASR folder)
        batch-scale SER CLIPS ROWS  private memory of `ser batch` over CLIPS short clips; time and memory to accept ROWS rows
        batch-kills SER AUDIO CLIPS KILLS  kills `ser batch` with SIGKILL at random moments; compares with an undisturbed run
        server-kills SERVER AUDIO CLIPS KILLS  the same for the server, with single recognitions beside the batch
        worker-kills SERVER AUDIO CLIPS KILLS [broker]  the same for two servers, three workers, PostgreSQL (and RabbitMQ)
        network-cuts SERVER AUDIO CLIPS SECONDS  a batch while workers and nodes of RabbitMQ are cut off, SECONDS each; as root
        rolling-update OLD NEW AUDIO CLIPS  a batch while a server and a worker are replaced by those of a newer version
        bucket-faults SERVER AUDIO CLIPS SECONDS  a batch while its bucket fails in three ways, SECONDS each
        worker-scale SERVER AUDIO CLIPS ROUNDS  clips per second of two workers beside one, each on a core of its own
        fleet WORKERS ITEMS SECONDS [broker]  workers that together process ITEMS a second with a fake model: database, broker
        benchmarks [ARGS]           BenchmarkDotNet: resampler and decoders
        """);
    return 2;
}
