using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace SpeechEmotion.Server.Storage.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "batches",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    Key = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Fingerprint = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Created = table.Column<long>(type: "bigint", nullable: false),
                    Completed = table.Column<long>(type: "bigint", nullable: true),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    MessageZh = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Priority = table.Column<int>(type: "integer", nullable: false),
                    Served = table.Column<long>(type: "bigint", nullable: false),
                    Webhook = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Options = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Model = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Open = table.Column<bool>(type: "boolean", nullable: false),
                    Folder = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Metadata = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Sealed = table.Column<bool>(type: "boolean", nullable: false),
                    Pass = table.Column<int>(type: "integer", nullable: false),
                    Items = table.Column<int>(type: "integer", nullable: false),
                    Chunks = table.Column<int>(type: "integer", nullable: false),
                    Columns = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Repeated = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batches", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_keys",
                columns: table => new
                {
                    Scope = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Key = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Fingerprint = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    RecognitionId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Created = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_idempotency_keys", x => new { x.Scope, x.Key });
                });

            migrationBuilder.CreateTable(
                name: "installation",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Created = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_installation", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "recognitions",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Created = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    FileName = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Emotion = table.Column<int>(type: "integer", nullable: true),
                    Confidence = table.Column<float>(type: "real", nullable: true),
                    Document = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    SegmentsStored = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_recognitions", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "webhook_deliveries",
                columns: table => new
                {
                    Id = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Url = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Type = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Subject = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Body = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Created = table.Column<long>(type: "bigint", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    Due = table.Column<long>(type: "bigint", nullable: false),
                    Completed = table.Column<long>(type: "bigint", nullable: true),
                    Status = table.Column<int>(type: "integer", nullable: true),
                    Code = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_webhook_deliveries", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "batch_chunks",
                columns: table => new
                {
                    BatchId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    First = table.Column<int>(type: "integer", nullable: false),
                    Last = table.Column<int>(type: "integer", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false),
                    Worker = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    LeasedUntil = table.Column<long>(type: "bigint", nullable: false),
                    Suspect = table.Column<int>(type: "integer", nullable: true),
                    Crashes = table.Column<int>(type: "integer", nullable: false),
                    Succeeded = table.Column<int>(type: "integer", nullable: false),
                    Failed = table.Column<int>(type: "integer", nullable: false),
                    Seconds = table.Column<double>(type: "double precision", nullable: false),
                    Emotions_Angry = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Disgusted = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Fearful = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Happy = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Neutral = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Other = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Sad = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Surprised = table.Column<int>(type: "integer", nullable: false),
                    Emotions_Unknown = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_chunks", x => new { x.BatchId, x.Number });
                    table.ForeignKey(
                        name: "FK_batch_chunks_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "batch_items",
                columns: table => new
                {
                    BatchId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Location = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Size = table.Column<long>(type: "bigint", nullable: true),
                    Modified = table.Column<long>(type: "bigint", nullable: true),
                    Metadata = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Pass = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_items", x => new { x.BatchId, x.Number });
                    table.ForeignKey(
                        name: "FK_batch_items_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "batch_outcomes",
                columns: table => new
                {
                    BatchId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Succeeded = table.Column<bool>(type: "boolean", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    MessageZh = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Emotion = table.Column<int>(type: "integer", nullable: true),
                    Confidence = table.Column<float>(type: "real", nullable: true),
                    Duration = table.Column<double>(type: "double precision", nullable: true),
                    Digest = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    SameAs = table.Column<int>(type: "integer", nullable: true),
                    Completed = table.Column<long>(type: "bigint", nullable: false),
                    Document = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Embedding = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_outcomes", x => new { x.BatchId, x.Number });
                    table.ForeignKey(
                        name: "FK_batch_outcomes_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "batch_sources",
                columns: table => new
                {
                    BatchId = table.Column<int>(type: "integer", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Name = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Location = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Digest = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    IsRead = table.Column<bool>(type: "boolean", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    Message = table.Column<string>(type: "text", nullable: true, collation: "C"),
                    MessageZh = table.Column<string>(type: "text", nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_batch_sources", x => new { x.BatchId, x.Number });
                    table.ForeignKey(
                        name: "FK_batch_sources_batches_BatchId",
                        column: x => x.BatchId,
                        principalTable: "batches",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "segments",
                columns: table => new
                {
                    RecognitionId = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Channel = table.Column<int>(type: "integer", nullable: false),
                    Role = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Start = table.Column<double>(type: "double precision", nullable: false),
                    End = table.Column<double>(type: "double precision", nullable: false),
                    Emotion = table.Column<int>(type: "integer", nullable: false),
                    Confidence = table.Column<float>(type: "real", nullable: false),
                    Scores = table.Column<float[]>(type: "real[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_segments", x => new { x.RecognitionId, x.Number });
                    table.ForeignKey(
                        name: "FK_segments_recognitions_RecognitionId",
                        column: x => x.RecognitionId,
                        principalTable: "recognitions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_batch_chunks_BatchId_First",
                table: "batch_chunks",
                columns: new[] { "BatchId", "First" });

            migrationBuilder.CreateIndex(
                name: "IX_batch_chunks_BatchId_State_Number",
                table: "batch_chunks",
                columns: new[] { "BatchId", "State", "Number" });

            migrationBuilder.CreateIndex(
                name: "IX_batch_items_BatchId_Name",
                table: "batch_items",
                columns: new[] { "BatchId", "Name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_batch_outcomes_BatchId_Digest_Number",
                table: "batch_outcomes",
                columns: new[] { "BatchId", "Digest", "Number" },
                filter: "\"SameAs\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_batch_outcomes_BatchId_SameAs",
                table: "batch_outcomes",
                columns: new[] { "BatchId", "SameAs" },
                filter: "\"SameAs\" IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_batch_outcomes_failed",
                table: "batch_outcomes",
                columns: new[] { "BatchId", "Number" },
                filter: "NOT (\"Succeeded\")");

            migrationBuilder.CreateIndex(
                name: "IX_batches_Key",
                table: "batches",
                column: "Key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_Created",
                table: "idempotency_keys",
                column: "Created");

            migrationBuilder.CreateIndex(
                name: "IX_idempotency_keys_RecognitionId",
                table: "idempotency_keys",
                column: "RecognitionId");

            migrationBuilder.CreateIndex(
                name: "IX_recognitions_Created",
                table: "recognitions",
                column: "Created");

            migrationBuilder.CreateIndex(
                name: "IX_recognitions_SegmentsStored",
                table: "recognitions",
                column: "SegmentsStored",
                filter: "NOT (\"SegmentsStored\")");

            migrationBuilder.CreateIndex(
                name: "IX_recognitions_State",
                table: "recognitions",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_State_Due",
                table: "webhook_deliveries",
                columns: new[] { "State", "Due" });

            migrationBuilder.CreateIndex(
                name: "IX_webhook_deliveries_Subject",
                table: "webhook_deliveries",
                column: "Subject");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "batch_chunks");

            migrationBuilder.DropTable(
                name: "batch_items");

            migrationBuilder.DropTable(
                name: "batch_outcomes");

            migrationBuilder.DropTable(
                name: "batch_sources");

            migrationBuilder.DropTable(
                name: "idempotency_keys");

            migrationBuilder.DropTable(
                name: "installation");

            migrationBuilder.DropTable(
                name: "segments");

            migrationBuilder.DropTable(
                name: "webhook_deliveries");

            migrationBuilder.DropTable(
                name: "batches");

            migrationBuilder.DropTable(
                name: "recognitions");
        }
    }
}
