using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Shouldly;
using SpeechEmotion.Results;
using SpeechEmotion.Server.Documentation;
using SpeechEmotion.Server.Tests.Support;
using SpeechEmotion.Tests.Support;
using Xunit;

namespace SpeechEmotion.Server.Tests.Documentation;

/// <summary>The description of the REST interface, and the page that shows it.</summary>
public sealed class ApiDescriptionTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    [Trait("Contract", "Written")]
    public async Task OpenApi_Document_IsTheContract()
    {
        var document = JsonNode.Parse((await DocumentAsync()).GetRawText())!.AsObject();
        // It holds the address of this server.
        document.Remove("servers");

        ContractFile.ShouldBe("openapi.json", document.ToJsonString(Indented) + "\n");
    }

    [Fact]
    public async Task OpenApi_EveryOperation_HasSummaryTagAndExample()
    {
        var document = await DocumentAsync();
        var tags = document.GetProperty("tags").EnumerateArray().Select(tag => tag.GetProperty("name").GetString()).ToArray();

        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()))
        {
            operation.Value.GetProperty("operationId").GetString().ShouldNotBeNullOrEmpty();
            operation.Value.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            tags.ShouldContain(operation.Value.GetProperty("tags").EnumerateArray().ShouldHaveSingleItem().GetString());
            var json = operation.Value.GetProperty("responses").EnumerateObject()
                .Where(response => response.Name[0] is '1' or '2'
                    && response.Value.TryGetProperty("content", out var content) && content.TryGetProperty("application/json", out _));
            foreach (var response in json.Where(response => !operation.Value.GetProperty("operationId").ValueEquals("GetRecognitionFile")))
            {
                response.Value.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out _)
                    .ShouldBeTrue(operation.Value.GetProperty("summary").GetString());
            }
        }
        tags.Select(tag => tag!.ToUpperInvariant()).ShouldBeUnique();
    }

    [Fact]
    public async Task OpenApi_Examples_FitTheirSchemas()
    {
        var count = 0;
        foreach (var path in (await DocumentAsync()).GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                foreach (var response in operation.Value.GetProperty("responses").EnumerateObject())
                {
                    if (!response.Value.TryGetProperty("content", out var content)
                        || !content.TryGetProperty("application/json", out var json)
                        || !json.TryGetProperty("example", out var example))
                    {
                        continue;
                    }
                    var status = int.Parse(response.Name, CultureInfo.InvariantCulture);
                    var contract = OpenApiContract.OfResponse(operation.Name, path.Name, status, "application/json");
                    contract.ShouldNotBeNull().ShouldAccept(example, $"The example of {operation.Name} {path.Name}");
                    count++;
                }
            }
        }
        count.ShouldBeGreaterThan(12);
    }

    [Fact]
    public void Contract_ResponseThatDiffers_IsRefused()
    {
        var answer = ApiExamples.Read("GetRecognition").AsObject();
        var contract = OpenApiContract.OfResponse("GET", "/api/v1/recognitions/0123", 200, "application/json").ShouldNotBeNull();
        contract.ShouldAccept(answer.ToJsonString(), "The example");

        answer["state"] = "unknown";
        Should.Throw<ContractException>(() => contract.ShouldAccept(answer.ToJsonString(), "Another state"));
        answer["state"] = "done";
        answer["more"] = 1;
        Should.Throw<ContractException>(() => contract.ShouldAccept(answer.ToJsonString(), "Another field"));
        answer.Remove("more");
        answer.Remove("links");
        Should.Throw<ContractException>(() => contract.ShouldAccept(answer.ToJsonString(), "A missing field"));
    }

    [Fact]
    public async Task OpenApi_EverySchema_IsDescribed()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        schemas.EnumerateObject().Where(schema => !schema.Value.TryGetProperty("description", out _))
            .Select(schema => schema.Name).ShouldBeEmpty();
    }

    [Fact]
    public async Task OpenApi_Document_DescribesEveryRestRoute()
    {
        var document = await DocumentAsync();

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        document.GetProperty("info").GetProperty("title").GetString().ShouldBe("SpeechEmotion");
        document.GetProperty("info").GetProperty("version").GetString().ShouldBe(ProductVersion.Text);
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"))
            .ToArray();
        operations.ShouldBeSubsetOf(operations.Where(name => name.Contains(" /api/v1/", StringComparison.Ordinal)
            || name.Contains(" /health", StringComparison.Ordinal) || name.Contains(" /log", StringComparison.Ordinal)));
        string[] expected =
        [
            "POST /api/v1/recognitions", "GET /api/v1/recognitions", "GET /api/v1/recognitions/export",
            "POST /api/v1/recognitions/delete", "GET /api/v1/recognitions/{id}", "DELETE /api/v1/recognitions/{id}",
            "POST /api/v1/recognitions/{id}/cancel", "GET /api/v1/recognitions/{id}/events",
            "GET /api/v1/recognitions/{id}/files/{name}", "GET /api/v1/recognitions/{id}/waveform",
            "GET /api/v1/recognitions/{id}/timeline", "GET /api/v1/system", "GET /health/live", "GET /health/ready", "POST /login",
            "POST /logout", "GET /api/v1/models", "DELETE /api/v1/models/{id}", "POST /api/v1/models/{id}/activate",
            "POST /api/v1/models/{id}/offer", "POST /api/v1/models/{id}/download", "DELETE /api/v1/models/{id}/download",
            "GET /api/v1/webhooks", "POST /api/v1/webhooks/{id}/retry",
        ];
        foreach (var name in expected)
            operations.ShouldContain(name);
    }

    [Fact]
    public async Task OpenApi_OperationIds_AreUnique()
    {
        var document = await DocumentAsync();

        var ids = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject())
            .Where(operation => operation.Value.TryGetProperty("operationId", out _))
            .Select(operation => operation.Value.GetProperty("operationId").GetString()).ToArray();

        ids.ShouldBeUnique();
        ids.ShouldContain("CreateRecognition");
    }

    [Fact]
    public async Task OpenApi_Create_DescribesFormBodyAndAnswers()
    {
        var create = (await DocumentAsync()).GetProperty("paths").GetProperty("/api/v1/recognitions").GetProperty("post");

        var content = create.GetProperty("requestBody").GetProperty("content");
        var form = content.GetProperty("multipart/form-data").GetProperty("schema");
        form.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldBe(
            ["file", "granularity", "embedding", "model", "segments", "silence", "channels", "roles", "webhook"]);
        form.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["file"]);
        form.GetProperty("properties").GetProperty("file").GetProperty("format").GetString().ShouldBe("binary");
        content.GetProperty("audio/*").GetProperty("schema").GetProperty("format").GetString().ShouldBe("binary");
        create.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(
                [
                    "Prefer", "Idempotency-Key", "name", "granularity", "embedding", "model", "segments", "silence", "channels", "roles",
                    "webhook",
                ]);
        create.GetProperty("responses").EnumerateObject().Select(response => response.Name)
            .ShouldBe(
                ["201", "202", "400", "401", "403", "404", "409", "413", "415", "422", "429", "500", "503", "507"], ignoreOrder: true);
    }

    [Fact]
    public async Task OpenApi_Schemas_HaveSnakeCaseNamesAndStringEnumerations()
    {
        var schemas = (await DocumentAsync()).GetProperty("components").GetProperty("schemas");

        var names = schemas.EnumerateObject().Where(schema => schema.Value.TryGetProperty("properties", out _))
            .SelectMany(schema => schema.Value.GetProperty("properties").EnumerateObject()).Select(property => property.Name);
        names.ShouldAllBe(name => Regex.IsMatch(name, "^[a-z0-9]+(_[a-z0-9]+)*$"));
        Enumeration(schemas, "RecognitionState").ShouldBe(["queued", "running", "done", "failed", "cancelled"]);
        Enumeration(schemas, "Granularity").ShouldBe(["utterance", "frame"]);
        schemas.GetProperty("ProblemDetails").GetProperty("properties").TryGetProperty("code", out _).ShouldBeTrue();
        schemas.GetProperty("Recognition").GetProperty("properties").GetProperty("size").GetProperty("type").GetString()
            .ShouldBe("integer");
        schemas.GetRawText().ShouldNotContain("\"pattern\"");
    }

    [Fact]
    public async Task Docs_Page_LoadsNothingFromElsewhere()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());

        using var response = await server.GetAsync("/docs/");

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var page = await response.TextAsync();
        page.ShouldNotMatch("(src|href)=\"?(https?:)?//");
        page.ShouldContain("\"telemetry\":false");
        page.ShouldContain("\"withDefaultFonts\":false");
        page.ShouldContain("\"agent\":{\"disabled\":true}");
        var policy = response.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem();
        policy.ShouldContain("default-src 'self'");
        policy.ShouldNotContain("http");
        var nonce = Regex.Match(policy, "'nonce-([0-9a-f]+)'").Groups[1].Value;
        Regex.Count(page, "<script").ShouldBe(Regex.Count(page, $"nonce=\"{nonce}\""));
        foreach (Match script in Regex.Matches(page, "src=\"([^\"]+)\""))
        {
            using var file = await server.GetAsync($"/docs/{script.Groups[1].Value}");
            file.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        using var again = await server.GetAsync("/docs/");
        again.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldNotBe(policy);
    }

    private static string?[] Enumeration(JsonElement schemas, string name) =>
        [.. schemas.GetProperty(name).GetProperty("enum").EnumerateArray().Select(value => value.GetString())];

    private static async Task<JsonElement> DocumentAsync()
    {
        await using var server = await RunningServer.StartAsync(model: () => new SlowModel());
        using var response = await server.GetAsync("/openapi/v1.json");
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return await response.JsonAsync();
    }
}
