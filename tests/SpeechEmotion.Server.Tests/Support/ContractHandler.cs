using System.Net;
using SpeechEmotion.Tests.Support;

namespace SpeechEmotion.Server.Tests.Support;

/// <summary>Checks each JSON response that a test receives against its schema: REST, <c>result.json</c> and timelines.</summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = response.RequestMessage!.RequestUri!.AbsolutePath;
        if (OpenApiContract.Misses(request.Method.Method, path, (int)response.StatusCode))
            throw new ContractException($"openapi.json does not describe {(int)response.StatusCode} of {request.Method} {path}.");
        var headers = response.Content.Headers;
        var isJson = headers is { ContentType.MediaType: "application/json" or "application/problem+json", ContentEncoding.Count: 0 };
        if (!isJson || request.Method == HttpMethod.Head)
            return response;
        Contract?[] contracts =
        [
            response.StatusCode == HttpStatusCode.OK ? FileContractOf(path) : null,
            OpenApiContract.OfResponse(request.Method.Method, path, (int)response.StatusCode, headers.ContentType!.MediaType!),
        ];
        if (contracts.Any(contract => contract is not null))
        {
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            foreach (var contract in contracts)
                contract?.ShouldAccept(text, $"{request.Method} {request.RequestUri}");
        }
        return response;
    }

    private static Contract? FileContractOf(string path) =>
        path.EndsWith("/files/result.json", StringComparison.Ordinal) ? Contract.Result
        : path.EndsWith("/timeline", StringComparison.Ordinal) ? Contract.Timeline
        : null;
}
