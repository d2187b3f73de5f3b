namespace SpeechEmotion.Quantization;

/// <summary>Describes an objection to an int8 model for people.</summary>
public static class Int8FaultText
{
    /// <summary>A clause without a full stop, in English or, for <c>zh</c>, in Chinese.</summary>
    public static string TextIn(this Int8Fault fault, string language) => language == "zh" ? Chinese(fault) : English(fault);

    private static string English(Int8Fault fault) => fault switch
    {
        Int8Fault.Missing => "there is no int8 form of this model yet",
        Int8Fault.Outdated => "its int8 form was created by another version of the program",
        Int8Fault.OtherMachine => "its int8 form was compared on another processor or engine",
        Int8Fault.NotInformative => "the model gives fewer than three labels over the calibration clips, so agreement proves nothing",
        Int8Fault.Labels => "fewer than 99 % of the labels agree with fp32",
        Int8Fault.Scores => "a score differs from fp32 by more than 0.05",
        _ => "an embedding differs from fp32: its cosine is below 0.995",
    };

    private static string Chinese(Int8Fault fault) => fault switch
    {
        Int8Fault.Missing => "该模型还没有 int8 版本",
        Int8Fault.Outdated => "其 int8 版本由其他版本的程序生成",
        Int8Fault.OtherMachine => "其 int8 版本是在其他处理器或引擎上对比的",
        Int8Fault.NotInformative => "模型在校准录音上给出的标签少于三种，一致率没有意义",
        Int8Fault.Labels => "与 fp32 一致的标签少于 99 %",
        Int8Fault.Scores => "与 fp32 的得分差超过 0.05",
        _ => "与 fp32 的特征余弦低于 0.995",
    };
}
