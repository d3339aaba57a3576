// A button beside each citation that copies it; without a clipboard, there is none.

function addButton(citation) {
  const line = document.createElement("p");
  line.className = "cite-this-copy";
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Copy citation";
  const said = document.createElement("span");
  said.role = "status";
  button.addEventListener("click", async () => {
    const words = citation.textContent.trim().replace(/\s+/g, " ");
    try {
      await navigator.clipboard.writeText(words);
      said.textContent = " Copied.";
    } catch {
      getSelection().selectAllChildren(citation); // refused: the reader can copy what is selected
      said.textContent = " Selected: copy it with the keyboard or the menu.";
    }
  });
  line.append(button, said);
  citation.after(line);
}

if (navigator.clipboard) document.querySelectorAll(".cite-this-text").forEach(addButton);
