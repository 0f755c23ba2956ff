// Evaluates rows by models of PMML: for each NAME.pmml in a folder the rows of NAME.rows, a line each, into NAME.answers.
//
// A row is its cells with tabs between them: nothing for a missing one, n and a number, or s and a word as in an address of the web.
// An answer is `!` and the reason, or the names and values of all that comes out, with tabs between them.

import java.io.File;
import java.io.PrintWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jpmml.evaluator.Evaluator;
import org.jpmml.evaluator.EvaluatorUtil;
import org.jpmml.evaluator.InputField;
import org.jpmml.evaluator.LoadingModelEvaluatorBuilder;

public class Evaluate {
  public static void main(String[] words) throws Exception {
    File[] files = new File(words[0]).listFiles((folder, name) -> name.endsWith(".pmml"));
    for (File file : files) {
      String stem = file.getPath().replaceAll("\\.pmml$", "");
      Evaluator evaluator = new LoadingModelEvaluatorBuilder().load(file).build();
      evaluator.verify();
      List<String> rows = Files.readAllLines(new File(stem + ".rows").toPath());
      String[] names = decoded(rows.get(0));
      try (PrintWriter out = new PrintWriter(stem + ".answers", StandardCharsets.UTF_8)) {
        for (String row : rows.subList(1, rows.size())) out.println(answer(evaluator, names, row));
      }
    }
  }

  private static String[] decoded(String line) {
    return Arrays.stream(line.split("\t", -1)).map(Evaluate::decode).toArray(String[]::new);
  }

  private static String decode(String word) {
    return URLDecoder.decode(word, StandardCharsets.UTF_8);
  }

  private static String answer(Evaluator evaluator, String[] names, String row) {
    String[] cells = row.split("\t", -1);
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) values.put(names[i], value(cells[i]));
    try {
      Map<String, Object> arguments = new LinkedHashMap<>();
      for (InputField field : evaluator.getInputFields())
        arguments.put(field.getName(), field.prepare(values.get(field.getName())));
      List<String> told = new ArrayList<>();
      for (Map.Entry<String, ?> result : EvaluatorUtil.decodeAll(evaluator.evaluate(arguments)).entrySet()) {
        told.add(encode(result.getKey()));
        told.add(result.getValue() == null ? "" : encode(String.valueOf(result.getValue())));
      }
      return String.join("\t", told);
    } catch (RuntimeException problem) {
      return "!\t" + encode(String.valueOf(problem));
    }
  }

  private static String encode(String word) {
    return URLEncoder.encode(word, StandardCharsets.UTF_8);
  }

  private static Object value(String cell) {
    if (cell.isEmpty()) return null;
    String rest = cell.substring(1);
    return cell.charAt(0) == 'n' ? (Object) Double.valueOf(rest) : decode(rest);
  }
}
