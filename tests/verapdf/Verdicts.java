import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** veraPDF's verdict on every PDF file of a folder against PDF/UA-1 and PDF/A-2a; exit 1 if one fails or there is none. */
class Verdicts {
    static final List<PDFAFlavour> FLAVOURS = List.of(PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A);

    public static void main(String[] folder) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        List<Path> files;
        try (Stream<Path> listed = Files.list(Path.of(folder[0]))) {
            files = listed.filter(path -> path.toString().endsWith(".pdf")).sorted().collect(Collectors.toList());
        }
        ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        List<Future<String>> verdicts = new ArrayList<>();
        for (Path file : files)
            for (PDFAFlavour flavour : FLAVOURS) verdicts.add(workers.submit(() -> complaints(file.toFile(), flavour)));
        int failed = 0;
        for (Future<String> verdict : verdicts)
            if (!verdict.get().isEmpty()) {
                failed++;
                System.out.println(verdict.get());
            }
        workers.shutdown();
        System.out.printf("veraPDF: %d files, %d verdicts, %d failed%n", files.size(), verdicts.size(), failed);
        System.exit(failed > 0 || files.isEmpty() ? 1 : 0);
    }

    /** The rules that a file breaks, a line each; empty where it conforms. */
    static String complaints(File file, PDFAFlavour flavour) {
        TreeSet<String> rules = new TreeSet<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            ValidationResult result = Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
            for (TestAssertion one : result.getTestAssertions())
                if (one.getStatus() == TestAssertion.Status.FAILED)
                    rules.add(one.getRuleId().getClause() + ": " + one.getMessage());
            if (rules.isEmpty() && result.isCompliant()) return "";
        } catch (Throwable error) {
            rules.add(error.toString());
        }
        return file + " fails " + flavour.getId() + "\n   " + String.join("\n   ", rules);
    }
}
