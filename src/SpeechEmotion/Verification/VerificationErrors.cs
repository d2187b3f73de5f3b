using SpeechEmotion.Errors;
using SpeechEmotion.Outputs.Json;

namespace SpeechEmotion.Verification;

/// <summary>Errors of a verification that cannot be made at all, with both texts.</summary>
internal static class VerificationErrors
{
    public static OutputException NoResult(string folder) => new(
        "output.no_result",
        $"{folder} is not the folder of a result: it has no result.json of its own. Give a folder outputs_YYYYMMDD_HHMMSS.",
        $"{folder} 不是结果文件夹：其中没有 result.json。请指定 outputs_YYYYMMDD_HHMMSS 文件夹。");

    public static OutputException NotReadable(string path, Exception inner) => new(
        "output.not_readable", $"{path} cannot be read: {Sentence.End(inner.Message)} Check that you may read it, and that its disk works.",
        $"无法读取 {path}：{Sentence.End(inner.Message)} 请检查读取权限和磁盘。", inner);

    public static OutputException NoProvenance(string path) => new(
        "output.no_provenance",
        $"{path} was written by an older program and does not state its origin, so it cannot be verified."
        + " Recognize the recording again.",
        $"{path} 由旧版程序写出，没有来源信息，无法核实。请重新识别录音。");

    public static OutputException UnknownOptions(string path, Exception inner) => new(
        "output.damaged",
        $"{path} names options that this program does not have: it was changed, or written by a newer program. Use that program.",
        $"{path} 含有本程序没有的选项：文件被改动，或由更新的程序写出。请使用相应版本的程序。", inner);

    /// <summary>No model on this machine has that name.</summary>
    public static ModelException NoModel(StoredResult result, string get) => new(
        "model.not_here",
        $"The model {Name(result)} that gave the result is not on this machine. Get it: {get}",
        $"本机没有给出该结果的模型 {Name(result)}。获取方法：{get}");

    /// <summary>A model has that name, but other weights.</summary>
    public static ModelException OtherWeights(StoredResult result, string here) => new(
        "model.not_here",
        $"The result was given by {Name(result)}; this machine has {result.ModelId} with other weights ({here})."
        + " Import the folder with the weights that gave it: ser models import FOLDER",
        $"该结果由 {Name(result)} 给出；本机的 {result.ModelId} 权重不同（{here}）。"
        + "请导入当时所用权重的文件夹：ser models import 文件夹");

    /// <summary>A model in a cache, whose weights are unknown until it is imported.</summary>
    public static ModelException NotImported(StoredResult result, string directory) => new(
        "model.not_here",
        $"The result was given by {Name(result)}; a model of that name is in {directory} but was never imported."
        + $" Run: ser models import {directory}",
        $"该结果由 {Name(result)} 给出；{directory} 中有同名模型但尚未导入。请运行：ser models import {directory}");

    /// <summary>The weights are on this machine, but not in that arithmetic.</summary>
    public static ModelException OtherPrecision(StoredResult result) => new(
        "model.not_here",
        $"The result was given by {Name(result)}; this machine has the weights, but not in {result.Precision}."
        + $" Run: ser models certify {result.ModelId}",
        $"该结果由 {Name(result)} 给出；本机有该权重，但没有 {result.Precision} 版本。请运行：ser models certify {result.ModelId}");

    private static string Name(StoredResult result) => $"{result.ModelId} ({result.Precision}, {result.ModelHash})";
}
