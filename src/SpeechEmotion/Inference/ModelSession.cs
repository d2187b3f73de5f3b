using Microsoft.ML.OnnxRuntime;
using SpeechEmotion.Models;

namespace SpeechEmotion.Inference;

/// <summary>A graph loaded into the engine, and the device that runs it.</summary>
/// <param name="Inference">The engine's session.</param>
/// <param name="Device">The CPU or CUDA.</param>
/// <param name="Fault">The reason for using the CPU although CUDA was requested.</param>
internal sealed record ModelSession(InferenceSession Inference, ComputeDevice Device, DeviceFault? Fault)
{
    /// <summary>Loads the graph of a folder; on the CPU if CUDA is not available.</summary>
    /// <exception cref="OnnxRuntimeException">The CPU cannot run it either.</exception>
    public static ModelSession Open(ModelFolder folder, ModelLoadOptions options)
    {
        _ = InferenceRuntime.Engine;
        // Otherwise the first session of a process would leave the mode set on the thread that creates it.
        using var flushed = FlushedDenormals.Begin();
        var graph = folder.PathOf(folder.Manifest.Graph);
        DeviceFault? fault = null;
        if (options.Device != ComputeDevice.Cpu)
        {
            var demanded = options.Device == ComputeDevice.Cuda;
            if (folder.Manifest.Precision == "int8")
            {
                fault = CudaProvider.Int8Fault(demanded);
            }
            else
            {
                try
                {
                    return new(OnCuda(graph, folder.Manifest.MinSamples, options), ComputeDevice.Cuda, null);
                }
                catch (Exception e) when (CudaProvider.Explains(e))
                {
                    fault = CudaProvider.FaultOf(e, demanded);
                }
            }
        }
        using var session = Settings(options);
        if (folder.Manifest.Precision == "int8")
            Int8Products.Apply(session);
        return new(new(graph, session), ComputeDevice.Cpu, fault);
    }

    private static InferenceSession OnCuda(string graph, int samples, ModelLoadOptions options)
    {
        using var settings = Settings(options);
        CudaProvider.Add(settings);
        var session = new InferenceSession(graph, settings);
        var works = false;
        try
        {
            // Whether the engine has code for this GPU shows only when it runs.
            using var input = OrtValue.CreateTensorValueFromMemory(new float[samples], [1, samples]);
            using var run = new RunOptions();
            using var results = session.Run(run, [session.InputNames[0]], [input], ["frames"]);
            works = true;
            return session;
        }
        finally
        {
            if (!works)
                session.Dispose();
        }
    }

    private static SessionOptions Settings(ModelLoadOptions options)
    {
        var session = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            IntraOpNumThreads = options.Threads,
            // The engine would keep a memory plan for each input length, and recordings rarely share a length.
            EnableMemoryPattern = false,
        };
        // Unpacked weights stay in the mapped file: nothing is copied, so the first inference starts at once.
        if (options.MapWeights)
            session.AddSessionConfigEntry("session.disable_prepacking", "1");
        session.AddSessionConfigEntry(FlushedDenormals.SessionOption, "1");
        session.AddSessionConfigEntry(InferenceRuntime.RestOption, "1");
        return session;
    }
}
