using Amazon.Runtime;
using Amazon.S3;
using SpeechEmotion.Server.Http;

namespace SpeechEmotion.Server.Files;

/// <summary>A failed request to a bucket.</summary>
/// <param name="Error">What clients are answered.</param>
/// <param name="Passes">Whether a further attempt may succeed.</param>
internal sealed record BucketFailure(RequestException Error, bool Passes)
{
    /// <summary>Explains an exception.</summary>
    public static BucketFailure Of(Exception failure) => failure switch
    {
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } => new(FileErrors.NoBucket(failure), false),
        AmazonS3Exception { ErrorCode: "RequestTimeout" or "SlowDown" } => new(FileErrors.Unreachable(failure), true),
        AmazonServiceException { StatusCode: System.Net.HttpStatusCode.Forbidden or System.Net.HttpStatusCode.Unauthorized } =>
            new(FileErrors.Denied(failure), false),
        AmazonServiceException { StatusCode: >= (System.Net.HttpStatusCode)300 and < (System.Net.HttpStatusCode)500 and var status } refused
            when status != System.Net.HttpStatusCode.TooManyRequests =>
            new(FileErrors.Refused(refused.ErrorCode ?? $"HTTP {(int)status}", failure), false),
        // No keys: neither in the environment, nor in a profile, nor of the machine's role.
        AmazonClientException { InnerException: null } => new(FileErrors.Denied(failure), false),
        _ => new(FileErrors.Unreachable(failure), true),
    };

    /// <summary>Explains why a client cannot be created: there is no region, or a profile cannot be read.</summary>
    public static RequestException OfSettings(AmazonClientException failure) => FileErrors.Refused(failure.Message.TrimEnd('.'), failure);

    /// <summary>Whether an exception reports that there is no such file.</summary>
    public static bool IsMissing(AmazonS3Exception failure) =>
        failure.StatusCode == System.Net.HttpStatusCode.NotFound && failure.ErrorCode != "NoSuchBucket";
}
