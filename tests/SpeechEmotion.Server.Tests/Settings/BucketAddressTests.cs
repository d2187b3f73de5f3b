using Shouldly;
using SpeechEmotion.Server.Settings;
using Xunit;

namespace SpeechEmotion.Server.Tests.Settings;

public sealed class BucketAddressTests
{
    [Theory]
    [InlineData("s3://recordings", "recordings", "", null, null)]
    [InlineData("s3://recordings/", "recordings", "", null, null)]
    [InlineData("S3://a.b-c/one/two/", "a.b-c", "one/two/", null, null)]
    [InlineData("s3://recordings/ser?region=eu-central-1", "recordings", "ser/", null, "eu-central-1")]
    [InlineData(
        "s3://recordings?endpoint=http://127.0.0.1:9000&region=x", "recordings", "", "http://127.0.0.1:9000/", "x")]
    [InlineData("s3://recordings/ser?endpoint=https%3A%2F%2Fminio", "recordings", "ser/", "https://minio/", null)]
    public void TryParse_Address_IsRead(string text, string bucket, string prefix, string? endpoint, string? region)
    {
        BucketAddress.TryParse(text, out var address).ShouldBeTrue();

        (address!.Bucket, address.Prefix, address.Endpoint?.AbsoluteUri, address.Region).ShouldBe((bucket, prefix, endpoint, region));
    }

    [Theory]
    [InlineData("/mnt/share")]
    [InlineData("s3://")]
    [InlineData("s3:///ser")]
    [InlineData("s3://Upper/ser")]
    [InlineData("s3://recordings/../other")]
    [InlineData("s3://recordings/a b")]
    [InlineData("s3://recordings?endpoint=ftp://host")]
    [InlineData("s3://recordings?endpoint=https://key:secret@host")]
    [InlineData("s3://recordings?endpoint=https://host/path")]
    [InlineData("s3://recordings?unknown=1")]
    [InlineData("s3://recordings?region=")]
    public void TryParse_OtherText_IsRefused(string text) => BucketAddress.TryParse(text, out _).ShouldBeFalse();
}
