using System.Globalization;
using SpeechEmotion.Server.Broker;
using SpeechEmotion.Server.Http;
using SpeechEmotion.Server.Settings;

namespace SpeechEmotion.Server.Doctor;

/// <summary>Examines the broker as a program that starts: it creates missing queues.</summary>
internal static class BrokerExamination
{
    private const string Subject = "broker";

    public static async Task<Finding> RunAsync(BrokerAddress address, TimeProvider time)
    {
        try
        {
            await using var link = await BrokerLink.ConnectAsync(address, time, CancellationToken.None);
            var tickets = await link.CountAsync(WorkQueue.Chunks, CancellationToken.None);
            return Finding.Ok(Subject, string.Create(
                CultureInfo.InvariantCulture,
                $"{address.Name}: RabbitMQ {link.ServerVersion}, {(address.IsEncrypted ? "" : "not ")}encrypted, {tickets} tickets"));
        }
        catch (RequestException failure) when (failure.Code == BrokerErrors.UnreachableCode)
        {
            return Finding.Warning(
                Subject, $"{address.Name}: {failure.Message} Programs work without it. [{failure.Code}]",
                $"{address.Name}：{failure.MessageZh}程序在没有它时照常工作。");
        }
        catch (RequestException failure)
        {
            return Finding.Failed(Subject, BrokerErrors.At(address.Name, failure));
        }
    }
}
