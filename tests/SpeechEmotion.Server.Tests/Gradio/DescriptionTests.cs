using System.Net;
using System.Text.Json;
using Shouldly;
using SpeechEmotion.Server.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Gradio;

/// <summary>The descriptions that clients read before they call.</summary>
public sealed class DescriptionTests
{
    [Theory]
    [InlineData("/config")]
    [InlineData("/config/")]
    public async Task Config_AnyClient_DescribesTheOneEndpoint(string address)
    {
        await using var server = await RunningServer.StartAsync();

        var config = (await GetAsync(server, address)).RootElement;

        var endpoint = config.GetProperty("dependencies").EnumerateArray().ShouldHaveSingleItem();
        endpoint.GetProperty("api_name").GetString().ShouldBe("predict");
        var components = config.GetProperty("components").EnumerateArray().Select(component => component.GetProperty("id").GetInt32());
        endpoint.GetProperty("inputs").EnumerateArray().Concat(endpoint.GetProperty("outputs").EnumerateArray())
            .Select(id => id.GetInt32()).ShouldBe([1, 2, 3, 4, 5, 6]);
        components.ShouldBe([1, 2, 3, 4, 5, 6]);
        config.GetProperty("api_prefix").GetString().ShouldBe("/gradio_api");
        config.GetProperty("protocol").GetString().ShouldBe("sse_v3");
        config.GetProperty("max_file_size").GetInt64().ShouldBe(200_000_000);
    }

    [Fact]
    public async Task Config_OtherHostName_NamesTheRootAsTheClientSeesIt()
    {
        await using var server = await RunningServer.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/config") { Headers = { Host = "localhost:1234" } };

        using var response = await server.SendAsync(request);

        (await response.JsonAsync()).GetProperty("root").GetString().ShouldBe("http://localhost:1234");
    }

    [Theory]
    [InlineData("gradio_client/2.6.0; hf_hub/0.36.2; python/3.11.2", "sse_v3", true, true)]
    [InlineData("gradio_client/0.13.0; python/3.11.2", "sse_v3", true, true)]
    [InlineData("gradio_client/0.12.0; python/3.11.2", "sse_v1", true, true)]
    [InlineData("gradio_client/0.10.1; python/3.11.2", "sse_v1", false, true)]
    [InlineData("gradio_client/0.8.0; python/3.11.2", "sse_v1", false, false)]
    [InlineData("curl/7.88.1", "sse_v3", true, true)]
    public async Task Config_PythonGeneration_UsesItsProtocol(string agent, string protocol, bool meta, bool stream)
    {
        await using var server = await RunningServer.StartAsync();
        server.Client.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent).ShouldBeTrue();

        var config = (await GetAsync(server, "/config")).RootElement;
        var info = (await GetAsync(server, "/info")).RootElement;

        config.GetProperty("protocol").GetString().ShouldBe(protocol);
        var schemas = new[]
        {
            config.GetProperty("components")[0].GetProperty("api_info"),
            info.GetProperty("named_endpoints").GetProperty("/predict").GetProperty("parameters")[0].GetProperty("type"),
        };
        schemas.ShouldAllBe(schema => Has(schema, "meta") == meta);
        schemas.ShouldAllBe(schema => Has(schema, "is_stream") == stream);
    }

    [Theory]
    [InlineData("/info")]
    [InlineData("/gradio_api/info?serialize=False")]
    public async Task Info_EitherPrefix_NamesParametersAndDefaults(string address)
    {
        await using var server = await RunningServer.StartAsync();

        var info = (await GetAsync(server, address)).RootElement;

        info.GetProperty("unnamed_endpoints").EnumerateObject().ShouldBeEmpty();
        var endpoint = info.GetProperty("named_endpoints").GetProperty("/predict");
        var parameters = endpoint.GetProperty("parameters").EnumerateArray().ToArray();
        parameters.Select(parameter => parameter.GetProperty("parameter_name").GetString())
            .ShouldBe(["audio", "granularity", "extract_embedding"]);
        parameters.Select(parameter => parameter.GetProperty("label").GetString()).ShouldBe(["上传音频文件", "粒度", "提取 Embedding 特征"]);
        parameters.Select(parameter => parameter.GetProperty("parameter_has_default").GetBoolean()).ShouldBe([false, true, true]);
        parameters[1].GetProperty("parameter_default").GetString().ShouldBe("utterance");
        parameters[2].GetProperty("parameter_default").GetBoolean().ShouldBeFalse();
        endpoint.GetProperty("returns").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task Config_ModelStillLoading_IsAnsweredAtOnce()
    {
        using var model = new LoadingModel();
        await using var server = await RunningServer.StartAsync(model: model.Load);

        using var response = await server.GetAsync("/config");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        model.Go();
    }

    private static bool Has(JsonElement schema, string name) => schema.GetProperty("properties").TryGetProperty(name, out _);

    private static async Task<JsonDocument> GetAsync(RunningServer server, string address)
    {
        using var response = await server.GetAsync(address);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonDocument.Parse(await response.TextAsync());
    }
}
