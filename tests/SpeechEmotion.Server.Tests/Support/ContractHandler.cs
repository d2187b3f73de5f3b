using System.Net;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Checks each <c>result.json</c> and each JSON timeline that a test receives against its schema.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method != HttpMethod.Get || response.StatusCode != HttpStatusCode.OK
            || response.Content.Headers is not { ContentType.MediaType: "application/json", ContentEncoding.Count: 0 })
        {
            return response;
        }
        if (ContractOf(response.RequestMessage!.RequestUri!.AbsolutePath) is { } contract)
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            contract.ShouldAccept(await response.Content.ReadAsStringAsync(cancellationToken), $"{request.RequestUri}");
        }
        return response;
    }

    private static Contract? ContractOf(string path) =>
        path.EndsWith("/files/result.json", StringComparison.Ordinal) ? Contract.Result
        : path.EndsWith("/timeline", StringComparison.Ordinal) ? Contract.Timeline
        : null;
}
