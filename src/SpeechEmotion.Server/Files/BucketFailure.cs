using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Files;

/// <summary>A failed request to a bucket.</summary>
/// <param name="Error">What clients are answered.</param>
/// <param name="Passes">Whether a further attempt may succeed.</param>
internal sealed record BucketFailure(RequestException Error, bool Passes)
{
    /// <summary>Explains an exception; null if it is not one of the store or of the connection to it.</summary>
    public static BucketFailure? Of(Exception failure) => failure switch
    {
        FileNotFoundException or DirectoryNotFoundException => null,
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new(FileErrors.NoBucket(failure), false),
        AmazonServiceException { ErrorCode: "RequestTimeout" or "SlowDown" } => new(FileErrors.Unreachable(failure), true),
        AmazonServiceException { StatusCode: HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized } =>
            new(FileErrors.Denied(failure), false),
        // A 404 without a code of S3 is that of a proxy whose store is being restarted; it is repeated below.
        AmazonServiceException { StatusCode: var status } refused
            when (int)status is >= 300 and < 500 && status is not (HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests) =>
            new(FileErrors.Refused(refused.ErrorCode ?? $"HTTP {(int)status}", failure), false),
        // No keys, neither in the environment nor in a profile; or the service that gives them to the machine does not answer.
        AmazonClientException => new(FileErrors.Denied(failure), true),
        AmazonServiceException or IOException or HttpRequestException or OperationCanceledException =>
            new(FileErrors.Unreachable(failure), true),
        _ => null,
    };

    /// <summary>Explains why a client cannot be created: there is no region, or a profile cannot be read.</summary>
    public static RequestException OfSettings(AmazonClientException failure) => FileErrors.Refused(failure.Message.TrimEnd('.'), failure);

    /// <summary>Whether the store reports that it has no such file.</summary>
    public static bool IsMissing(AmazonS3Exception failure) => failure.ErrorCode == "NoSuchKey";
}
