using System.Globalization;
using SpeechEmotion.Inference;
using SpeechEmotion.Outputs.Json;
using SpeechEmotion.Results;

namespace SpeechEmotion.Verification;

/// <summary>Compares a recomputed answer with the stored one.</summary>
internal static class AnswerComparison
{
    /// <summary>Checks that the fields that users read follow from the unrounded labels beside them.</summary>
    public static VerificationCheck WithItself(StoredResult result)
    {
        var scores = new float[EmotionScores.Count];
        foreach (var label in result.Labels)
            scores[(int)LabelSet.Meaning(label.Label)] += label.Score;
        var emotions = new EmotionScores(scores);
        var thousandths = emotions.ToThousandths();
        var agrees = result.Emotion == emotions.Top && result.Thousandths.SequenceEqual(thousandths)
            && result.Confidence == thousandths[(int)result.Emotion];
        var confidence = string.Create(CultureInfo.InvariantCulture, $"{result.Confidence / 10.0:F1} %");
        return agrees
            ? new("result", CheckOutcome.Passed,
                $"result.json agrees with itself: {result.Emotion.DisplayName("en")}, {confidence}",
                $"result.json 前后一致：{result.Emotion.DisplayName("zh")}，{confidence}")
            : new("result", CheckOutcome.Failed,
                "result.json contradicts itself: its emotion, confidence and scores do not follow from its labels. It was changed.",
                "result.json 前后矛盾：emotion、confidence、scores 与 labels 不符。文件被改动过。");
    }

    /// <summary>Compares the label and the scores of a recomputed answer.</summary>
    /// <param name="result">The stored answer.</param>
    /// <param name="again">The recomputed answer.</param>
    /// <param name="key">The sound that it was computed from, for programs.</param>
    /// <param name="from">The same sound, for people.</param>
    /// <param name="limit">The largest allowed difference of a score.</param>
    public static IEnumerable<VerificationCheck> WithAnother(
        StoredResult result, Recognition again, string key, string from, double limit)
    {
        var (written, computed) = (result.Emotion, again.Emotion);
        yield return written == computed
            ? new($"{key}.label", CheckOutcome.Passed,
                $"computed again from {from}: {computed.DisplayName("en")}, as written",
                $"由 {from} 重新计算：{computed.DisplayName("zh")}，与记录一致")
            : new($"{key}.label", CheckOutcome.Failed,
                $"computed again from {from}: {computed.DisplayName("en")}, but {written.DisplayName("en")} is written",
                $"由 {from} 重新计算：{computed.DisplayName("zh")}，而记录为{written.DisplayName("zh")}");
        if (!result.Labels.Select(label => label.Label).SequenceEqual(again.Labels.Select(label => label.Label)))
        {
            yield return new($"{key}.scores", CheckOutcome.Failed, "the labels that are written are not the model's", "记录的标签与模型的标签不符");
            yield break;
        }
        var difference = result.Labels.Zip(again.Labels, (one, other) => Math.Abs((double)one.Score - other.Score)).Max();
        var figures = string.Create(CultureInfo.InvariantCulture, $"{difference:0.0#######}");
        var most = limit.ToString("0.######", CultureInfo.InvariantCulture);
        var (near, nearZh) = difference <= limit ? ("at most", "不超过") : ("more than", "超过");
        yield return new(
            $"{key}.scores", difference <= limit ? CheckOutcome.Passed : CheckOutcome.Failed,
            $"largest difference of a score: {figures}, {near} {most}", $"得分最大差：{figures}，{nearZh} {most}")
        {
            Difference = difference,
            Limit = limit,
        };
    }
}
