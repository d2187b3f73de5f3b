using System.Numerics.Tensors;
using SpeechEmotion.Inference;

namespace SpeechEmotion.Bench;

/// <summary>
/// Multinomial logistic regression that starts from a known head and is regularized toward it. L-BFGS (Nocedal and Wright,
/// Numerical Optimization, algorithm 7.4) with step halving minimizes the weighted cross-entropy
/// + lambda / 2 * sum((W - W0)^2 * variance) + 1e-4 / 2 * sum((b - b0)^2).
/// </summary>
/// <param name="inputs">The embedding of each clip.</param>
/// <param name="labels">The index of each clip's label.</param>
/// <param name="weights">The weight of each clip; they add up to 1.</param>
/// <param name="known">The known head: W0 and b0.</param>
/// <param name="lambda">The strength of the regularization toward W0.</param>
internal sealed class HeldHead(float[][] inputs, int[] labels, double[] weights, LinearHead known, double lambda)
{
    private const int Steps = 300;
    private const int Memory = 10;
    private const double BiasHold = 1e-4;

    private readonly int _dimension = inputs[0].Length;
    private readonly double[] _start = [.. known.Weight.SelectMany(row => row), .. known.Bias];
    private readonly double[] _variance = Variances(inputs);

    /// <summary>Fits W and b.</summary>
    public LinearHead Fit()
    {
        var (at, moves, turns) = ((double[])_start.Clone(), new List<double[]>(), new List<double[]>());
        var (loss, slope) = Loss(at);
        for (var step = 0; step < Steps; step++)
        {
            var direction = Direction(slope, moves, turns);
            var downhill = TensorPrimitives.Dot<double>(slope, direction);
            var size = moves.Count > 0 ? 1 : 1 / TensorPrimitives.SumOfMagnitudes<double>(slope);
            var next = Moved(at, direction, size);
            var (nextLoss, nextSlope) = Loss(next);
            while (nextLoss > loss + (1e-4 * size * downhill) && size > 1e-12)
            {
                size /= 2;
                next = Moved(at, direction, size);
                (nextLoss, nextSlope) = Loss(next);
            }
            if (loss - nextLoss < 1e-8)
                break;
            Remember(moves, Difference(next, at));
            Remember(turns, Difference(nextSlope, slope));
            (at, loss, slope) = (next, nextLoss, nextSlope);
        }
        var floats = Array.ConvertAll(at, value => (float)value);
        var biases = known.Bias.Length * _dimension;
        return new([.. floats[..biases].Chunk(_dimension)], floats[biases..]);
    }

    private (double Loss, double[] Slope) Loss(double[] head)
    {
        var slope = new double[head.Length];
        var loss = 0.0;
        var count = known.Bias.Length;
        var biases = count * _dimension;
        for (var k = 0; k < biases; k++)
        {
            var (away, hold) = (head[k] - _start[k], lambda * _variance[k % _dimension]);
            loss += hold / 2 * away * away;
            slope[k] = hold * away;
        }
        for (var k = biases; k < head.Length; k++)
        {
            var away = head[k] - _start[k];
            loss += BiasHold / 2 * away * away;
            slope[k] = BiasHold * away;
        }
        var rows = Enumerable.Range(0, count).Select(k => head.AsSpan(k * _dimension, _dimension).ToArray()).ToArray();
        var (input, probabilities) = (new double[_dimension], new double[count]);
        for (var i = 0; i < inputs.Length; i++)
        {
            TensorPrimitives.ConvertChecked<float, double>(inputs[i], input);
            for (var k = 0; k < count; k++)
                probabilities[k] = TensorPrimitives.Dot<double>(rows[k], input) + head[biases + k];
            TensorPrimitives.SoftMax<double>(probabilities, probabilities);
            loss -= weights[i] * Math.Log(probabilities[labels[i]] + 1e-30);
            for (var k = 0; k < count; k++)
            {
                var error = weights[i] * (probabilities[k] - (k == labels[i] ? 1 : 0));
                var row = slope.AsSpan(k * _dimension, _dimension);
                TensorPrimitives.MultiplyAdd<double>(input, error, row, row);
                slope[biases + k] += error;
            }
        }
        return (loss, slope);
    }

    /// <summary>Returns the descent direction, corrected by the curvature that the last steps showed.</summary>
    private static double[] Direction(double[] slope, List<double[]> moves, List<double[]> turns)
    {
        var direction = (double[])slope.Clone();
        var shares = new double[moves.Count];
        for (var i = moves.Count - 1; i >= 0; i--)
        {
            shares[i] = TensorPrimitives.Dot<double>(moves[i], direction) / TensorPrimitives.Dot<double>(turns[i], moves[i]);
            TensorPrimitives.MultiplyAdd<double>(turns[i], -shares[i], direction, direction);
        }
        if (moves.Count > 0)
        {
            var (move, turn) = (moves[^1], turns[^1]);
            var scale = TensorPrimitives.Dot<double>(move, turn) / TensorPrimitives.Dot<double>(turn, turn);
            TensorPrimitives.Multiply(direction, scale, direction);
        }
        for (var i = 0; i < moves.Count; i++)
        {
            var share = TensorPrimitives.Dot<double>(turns[i], direction) / TensorPrimitives.Dot<double>(turns[i], moves[i]);
            TensorPrimitives.MultiplyAdd<double>(moves[i], shares[i] - share, direction, direction);
        }
        TensorPrimitives.Negate<double>(direction, direction);
        return direction;
    }

    private static double[] Moved(double[] at, double[] direction, double size)
    {
        var next = new double[at.Length];
        TensorPrimitives.MultiplyAdd<double>(direction, size, at, next);
        return next;
    }

    private static double[] Difference(double[] one, double[] other)
    {
        var difference = new double[one.Length];
        TensorPrimitives.Subtract<double>(one, other, difference);
        return difference;
    }

    private static void Remember(List<double[]> list, double[] one)
    {
        if (list.Count == Memory)
            list.RemoveAt(0);
        list.Add(one);
    }

    private static double[] Variances(float[][] inputs) =>
    [
        .. Enumerable.Range(0, inputs[0].Length).Select(d =>
        {
            var mean = inputs.Average(input => (double)input[d]);
            return inputs.Average(input => (input[d] - mean) * (input[d] - mean));
        }),
    ];
}
